import Archiving
import Auditing
import Experiments
import Monitoring
import Pairing
import Statistics
import TraceModel

/// One finished trial with its numbers.
public struct TrialMeasurement: Sendable {
    public var record: TrialRecord
    public var trace: TraceMeasurement
    public var condition: TraceCondition
    /// What the machine did in the measured window; nil where nobody sampled it.
    public var environment: EnvironmentFigures?
    /// How well the trace's clock kept time.
    public var clock: ClockEvidence?
    public var oracle: OracleTwin
    /// What outside observers said of it, one entry each.
    public var observed: [ObservedTrial]

    public init(
        record: TrialRecord, trace: TraceMeasurement, condition: TraceCondition,
        environment: EnvironmentFigures? = nil, clock: ClockEvidence? = nil, oracle: OracleTwin = .notApplicable,
        observed: [ObservedTrial] = []
    ) {
        self.record = record
        self.trace = trace
        self.condition = condition
        self.environment = environment
        self.clock = clock
        self.oracle = oracle
        self.observed = observed
    }

    /// The length of the measured window in nanoseconds.
    var windowNanoseconds: Double { Double(trace.window.lengthNanoseconds) }

    /// The process's own value of every metric that it can carry.
    ///
    /// - Parameter isSteady: See ``CensoredSample``.
    func values(isSteady: Bool) -> [ProcessValues.Key: Double] {
        var values = countValues()
        for sample in trace.durations.keys {
            var censored = CensoredSample(isSteady: isSteady)
            censored.add(trace, sample)
            guard let summary = censored.summary() else { continue }
            for (statistic, value) in summary.statistics {
                values[.init(.stage(sample.stage, sample.subset, statistic), sample.pairing)] = value
            }
        }
        for pairing in PairingKey.allCases {
            for (stage, outcome) in trace.outcome(pairing).stages {
                let counts = outcome.counts
                if counts.starts > 0 {
                    values[.init(.pairedShare(stage), pairing)] = Double(counts.paired) / Double(counts.starts)
                }
                if counts.paired > 0 {
                    values[.init(.changedThreadShare(stage), pairing)] =
                        Double(counts.changedThread) / Double(counts.paired)
                }
            }
        }
        return values
    }

    /// For metrics that are made from counts, by how much one event more or less would have changed them.
    func granularities() -> [ProcessValues.Key: Double] {
        var steps: [ProcessValues.Key: Double] = [:]
        if windowNanoseconds > 0 {
            steps[.init(.throughput, nil)] = 1e9 / windowNanoseconds
            steps[.init(.writeThroughput, nil)] = 1e9 / windowNanoseconds
        }
        let counts = trace.byRequest.eventCounts
        let reached = (counts[.requestBlock] ?? 0) + (counts[.requestNonblock] ?? 0)
        if reached > 0 { steps[.init(.blockedShare, nil)] = 1 / Double(reached) }
        for pairing in PairingKey.allCases {
            for (stage, outcome) in trace.outcome(pairing).stages {
                let counts = outcome.counts
                if counts.starts > 0 { steps[.init(.pairedShare(stage), pairing)] = 1 / Double(counts.starts) }
                if counts.paired > 0 { steps[.init(.changedThreadShare(stage), pairing)] = 1 / Double(counts.paired) }
            }
        }
        return steps
    }

    /// The metrics that come from counting events, and from what the program and the kernel reported.
    private func countValues() -> [ProcessValues.Key: Double] {
        var values: [ProcessValues.Key: Double] = [:]
        let counts = trace.byRequest.eventCounts
        let done = Double(counts[.requestDone] ?? 0)
        let seconds = windowNanoseconds / 1e9
        if seconds > 0 {
            values[.init(.throughput, nil)] = done / seconds
            values[.init(.writeThroughput, nil)] = Double(counts[.persistDone] ?? 0) / seconds
        }
        let blocked = Double(counts[.requestBlock] ?? 0)
        let reached = blocked + Double(counts[.requestNonblock] ?? 0)
        if reached > 0 { values[.init(.blockedShare, nil)] = blocked / reached }
        if let cpu = record.reported["cpuSeconds"], done > 0 {
            values[.init(.cpuPerRequest, nil)] = cpu * 1e9 / done
        }
        // 0 where the peak is not known to be the program's own.
        if let peak = record.resources?.peakResidentBytes, peak > 0 { values[.init(.peakMemory, nil)] = Double(peak) }
        return values
    }

    /// What the program and the kernel said that the trial used, by the names that reports show.
    func resourceValues() -> [(name: String, value: Double)] {
        var values: [(String, Double)] = []
        if let seconds = record.reported["cpuSeconds"] { values.append(("cpu-seconds", seconds)) }
        if let resources = record.resources {
            values.append(("peak-resident-bytes", Double(resources.peakResidentBytes)))
        }
        if let count = record.reported["allocations"] { values.append(("allocations", count)) }
        if let bytes = record.reported["allocatedBytes"] { values.append(("allocated-bytes", bytes)) }
        if let resources = record.resources {
            values.append(("involuntary-switches", Double(resources.involuntarySwitches)))
        }
        return values
    }
}

extension DurationSummary {
    /// The summary's figures by the name of their statistic, without those that the sample does not carry.
    var statistics: [(Metric.Statistic, Double)] {
        var found: [(Metric.Statistic, Double)] = [
            (.count, Double(count)), (.mean, mean), (.minimum, Double(minimum)), (.maximum, Double(maximum)),
        ]
        if let standardDeviation { found.append((.standardDeviation, standardDeviation)) }
        found += Metric.Statistic.percentiles.compactMap { statistic in
            self[percentile: statistic].map { (statistic, $0) }
        }
        return found
    }
}
