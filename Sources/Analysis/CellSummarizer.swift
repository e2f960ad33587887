import Archiving
import Auditing
import Experiments
import Pairing
import Statistics
import TraceModel

/// Sums the trials of one cell up: pooled durations, process values with intervals, and counts.
struct CellSummarizer {
    let declaration: Declaration
    let cell: Cell
    let trials: [TrialMeasurement]
    /// One value for each process, metric and pairing.
    let values: ProcessValues
    /// What the audits see of the trials.
    let evidence: CellEvidence
    private let censored: [TraceMeasurement.Sample: CensoredSample]

    /// - Parameter evidence: Of the same trials.
    init(declaration: Declaration, cell: Cell, trials: [TrialMeasurement], evidence: CellEvidence) {
        self.declaration = declaration
        self.cell = cell
        self.trials = trials
        self.evidence = evidence
        let isSteady = !evidence.isOverloaded
        censored = Self.censored(trials, isSteady: isSteady)
        var hidden: [ProcessValues.Key: Double] = [:]
        for (sample, censored) in censored {
            for statistic in Self.unknownPercentiles(of: sample, trials, isSteady: isSteady) {
                hidden[.init(.stage(sample.stage, sample.subset, statistic), sample.pairing)] = censored.openShare
            }
        }
        var values = ProcessValues(hidden: hidden, openShares: censored.mapValues(\.openShare))
        for trial in trials {
            values.add(
                block: trial.record.block, values: trial.values(isSteady: isSteady),
                granularities: trial.granularities())
        }
        self.values = values
    }

    private static func censored(
        _ trials: [TrialMeasurement], isSteady: Bool
    ) -> [TraceMeasurement.Sample: CensoredSample] {
        var all: [TraceMeasurement.Sample: CensoredSample] = [:]
        for sample in Set(trials.flatMap(\.trace.durations.keys)) {
            var censored = CensoredSample(isSteady: isSteady)
            for trial in trials { censored.add(trial.trace, sample) }
            all[sample] = censored
        }
        return all
    }

    /// The percentiles that some trial has enough spans for, and that are not known of it from above.
    private static func unknownPercentiles(
        of sample: TraceMeasurement.Sample, _ trials: [TrialMeasurement], isSteady: Bool
    ) -> Set<Metric.Statistic> {
        trials.reduce(into: []) { unknown, trial in
            var censored = CensoredSample(isSteady: isSteady)
            censored.add(trial.trace, sample)
            unknown.formUnion(censored.unknownPercentiles())
        }
    }

    func summary() -> CellSummary {
        CellSummary(
            cell: cell, trialCount: trials.count, eventCounts: eventCounts(),
            openRequests: trials.reduce(0) { $0 + ($1.trace.byRequest.stages[.request]?.counts.open ?? 0) },
            offeredLoad: offeredLoad(), stages: stages(), metrics: metrics(), reference: reference(),
            resources: resources(), environment: evidence.environmentRows)
    }

    /// Nil unless every trial was of an open loop.
    private func offeredLoad() -> OfferedLoad? {
        // By when a request was due, not by when a client took it up.
        let due = trials.compactMap { trial -> Double? in
            guard trial.windowNanoseconds > 0, let counts = trial.trace.byRequest.stages[.response]?.counts else {
                return nil
            }
            return Double(counts.starts) / trial.windowNanoseconds * 1e9
        }
        guard !due.isEmpty, due.count == trials.count else { return nil }
        let overdue = trials.compactMap { $0.record.reported["requestsOverdue"] }
        return OfferedLoad(
            duePerSecond: Estimate(processValues: due),
            dueNotSent: overdue.count == trials.count ? Estimate(processValues: overdue) : nil)
    }

    private func eventCounts() -> [EventKind: Int] {
        var counts: [EventKind: Int] = .zeros
        for trial in trials {
            for (kind, count) in trial.trace.byRequest.eventCounts { counts[kind, default: 0] += count }
        }
        return counts.withoutAbsentKinds
    }

    private func stages() -> [StageSummary] {
        declaration.stages.flatMap { stage in
            declaration.pairings.flatMap { pairing in
                Metric.Subset.allCases.compactMap { subset in stageSummary(stage, subset, pairing) }
            }
        }
    }

    /// Nil for a subset that the stage is not split into.
    private func stageSummary(_ stage: Stage, _ subset: Metric.Subset, _ pairing: PairingKey) -> StageSummary? {
        guard subset == .all || (pairing == .request && stage.isSplitByBlocking) else { return nil }
        guard trials.contains(where: { $0.trace.outcome(pairing).stages[stage] != nil }) else { return nil }
        let sample = TraceMeasurement.Sample(stage, subset, pairing)
        let known = censored[sample] ?? CensoredSample(isSteady: true)
        let durations = known.finished
        var counts = PairingCounts()
        for trial in trials { counts += trial.trace.outcome(pairing).stages[stage]?.counts ?? PairingCounts() }
        return StageSummary(
            stage: stage, subset: subset, pairing: pairing, pooled: known.summary(),
            estimates: Metric.Statistic.allCases.compactMap { estimate(.stage(stage, subset, $0), pairing) },
            counts: counts, powerOfTwo: PowerOfTwoHistogram(durations).buckets,
            linear: LinearHistogram(durations).buckets,
            referenceHistogram: referenceHistogram(stage, subset, pairing),
            basis: basis(sample, pooled: durations, censored: known))
    }

    private func estimate(_ metric: Metric, _ pairing: PairingKey) -> MetricEstimate? {
        values.estimate(.init(metric, pairing)).map { MetricEstimate(metric: metric, estimate: $0) }
    }

    private func metrics() -> [MetricEstimate] {
        Metric.ofTrace.filter { !$0.dependsOnPairing }.compactMap { estimate($0, .request) }
    }

    private func reference() -> [ReferenceFigure] {
        (declaration.reference?.figures ?? []).filter { hasParameters($0.parameters) }
    }

    private func referenceHistogram(
        _ stage: Stage, _ subset: Metric.Subset, _ pairing: PairingKey
    ) -> [ReferenceBucket] {
        guard subset == .all else { return [] }
        let found = (declaration.reference?.histograms ?? []).first {
            $0.stage == stage && $0.pairing == pairing && hasParameters($0.parameters)
        }
        return found?.buckets ?? []
    }

    /// Whether each of the parameters has that value in this cell, letter by letter.
    private func hasParameters(_ parameters: [String: String]) -> Bool {
        parameters.allSatisfy { cell.parameters.contains(Parameter(name: $0, value: $1)) }
    }

    private func resources() -> [NamedEstimate] {
        var byName: [(name: String, values: [Double])] = []
        for trial in trials {
            for (name, value) in trial.resourceValues() {
                if let known = byName.firstIndex(where: { $0.name == name }) {
                    byName[known].values.append(value)
                } else {
                    byName.append((name, [value]))
                }
            }
        }
        return byName.filter { $0.values.count == trials.count }.map {
            NamedEstimate(name: $0.name, estimate: Estimate(processValues: $0.values))
        }
    }
}
