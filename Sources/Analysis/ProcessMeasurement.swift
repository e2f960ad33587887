import Archiving
import Auditing
import Experiments
import Monitoring

/// One finished trial whose figures come from elsewhere than a trace: from what it printed, or from the kernel's account of
/// the process.
struct ProcessMeasurement {
    var record: TrialRecord
    /// What the machine did while it ran, or the burst that it ran in; nil where nobody sampled it, or for too short a time.
    var environment: EnvironmentFigures?
    /// The trial's figures in the order of the program's metrics, without what nobody could measure.
    var figures: [ProcessFigure]

    /// The kernel counts CPU time in steps of a hundredth of a second: over a shorter time than this its counters say more of
    /// the steps than of the machine, and one switch to another thread is thousands a second.
    static let shortestNanoseconds: Int64 = 500_000_000

    init(record: TrialRecord, samples: EnvironmentSamples?, program: Program) {
        self.record = record
        if let samples, let first = samples.samples.first?.nanoseconds, let last = samples.samples.last?.nanoseconds,
            last - first >= Self.shortestNanoseconds
        {
            environment = EnvironmentFigures(of: samples, startNanoseconds: first, endNanoseconds: last)
        }
        figures = program.metrics.compactMap { metric in
            Self.value(of: metric, in: record).map { ProcessFigure(metric: metric, value: $0) }
        }
    }

    private static func value(of metric: Metric, in record: TrialRecord) -> Double? {
        switch metric {
        case .wallTime: Double(record.elapsedNanoseconds)
        case .cpuTime: record.resources.map { Double($0.userNanoseconds + $0.systemNanoseconds) }
        case .peakMemory: record.resources.flatMap { $0.peakResidentBytes > 0 ? Double($0.peakResidentBytes) : nil }
        case .reported(let metric): record.reported[metric.name].map { $0 * metric.unit.factor }
        case .stage, .throughput, .writeThroughput, .blockedShare, .pairedShare, .changedThreadShare, .cpuPerRequest:
            nil
        }
    }

    /// The same as intervals and tests take it.
    var values: [ProcessValues.Key: Double] {
        Dictionary(uniqueKeysWithValues: figures.map { (ProcessValues.Key($0.metric, nil), $0.value) })
    }

    /// What the machine did meanwhile, as the audits see it.
    var machine: MachineEvidence {
        MachineEvidence(
            environment: environment,
            involuntarySwitchesPerSecond: record.resources.flatMap { resources in
                record.elapsedNanoseconds >= Self.shortestNanoseconds
                    ? Double(resources.involuntarySwitches) / Double(record.elapsedNanoseconds) * 1e9 : nil
            })
    }
}
