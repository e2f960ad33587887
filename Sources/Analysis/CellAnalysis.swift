import Archiving
import Auditing
import Experiments
import Pairing
import Statistics
import TraceModel

/// One cell of a run: the trials that count, summed up and audited, and beside them those that a declared rule leaves out.
struct CellAnalysis {
    var summary: CellSummary
    /// One value for each process, metric and pairing.
    let values: ProcessValues
    let evidence: CellEvidence
    let excluded: [ExcludedTrial]
    /// What outside observers said, also of trials that do not count.
    let observed: [ObservedTrial]
    /// The same with the excluded trials counted in; nil where there are none.
    let valuesOfAll: ProcessValues?
    /// For each rule, the trials whose figure nobody could tell.
    let unknownCounts: [Int]

    /// - Parameters:
    ///   - trials: All trials of the cell that have numbers, in the plan's order.
    ///   - missing: Those that have none.
    init(declaration: Declaration, cell: Cell, trials: [TrialMeasurement], missing: [MissingTrial]) {
        let builder = EvidenceBuilder(declaration: declaration, cell: cell)
        self.init(declaration, cell, trials, observed: trials.flatMap(\.observed)) { trials, excludedCount in
            builder.evidence(trials, missing, excludedCount: excludedCount)
        } summarize: { trials, evidence in
            let summarizer = CellSummarizer(declaration: declaration, cell: cell, trials: trials, evidence: evidence)
            return (summarizer.summary(), summarizer.values)
        }
    }

    /// The same of a cell whose trials have no traces.
    init(declaration: Declaration, cell: Cell, processes: [ProcessMeasurement], missing: [MissingTrial]) {
        let builder = EvidenceBuilder(declaration: declaration, cell: cell)
        self.init(declaration, cell, processes, observed: []) { trials, excludedCount in
            builder.evidence(ofProcesses: trials, missing, excludedCount: excludedCount)
        } summarize: { trials, evidence in
            var values = ProcessValues()
            for trial in trials { values.add(block: trial.record.block, values: trial.values) }
            let metrics = declaration.program.metrics.compactMap { metric in
                values.estimate(.init(metric, nil)).map { MetricEstimate(metric: metric, estimate: $0) }
            }
            let summary = CellSummary(
                cell: cell, trialCount: trials.count, eventCounts: [:], openRequests: nil, stages: [], metrics: metrics,
                reference: [], resources: [], environment: evidence.environmentRows)
            return (summary, values)
        }
    }

    private init<Trial>(
        _ declaration: Declaration, _ cell: Cell, _ trials: [Trial], observed: [ObservedTrial],
        evidence judged: ([Trial], _ excludedCount: Int) -> CellEvidence,
        summarize: ([Trial], CellEvidence) -> (CellSummary, ProcessValues)
    ) {
        self.observed = observed
        let rules = declaration.trialExclusions
        let all = judged(trials, 0)
        let exclusions = all.trials.map { $0.exclusion(by: rules) }
        excluded = zip(all.trials, exclusions).compactMap { trial, exclusion in
            exclusion.map {
                ExcludedTrial(identifier: trial.identifier, cellIndex: cell.index, rule: $0.rule, value: $0.value)
            }
        }
        unknownCounts = rules.map { rule in all.trials.count { $0.figure(rule.figure) == nil } }
        let counted = zip(trials, exclusions).filter { $1 == nil }.map(\.0)
        let isWhole = excluded.isEmpty
        evidence = isWhole ? all : judged(counted, excluded.count)
        (summary, values) = summarize(counted, evidence)
        valuesOfAll = isWhole ? nil : summarize(trials, all).1
    }
}

extension ExclusionSummary {
    /// What the declared rules did to a run; nil where none is declared.
    ///
    /// - Parameter cells: In the order of the plan's.
    init?(
        _ cells: [CellAnalysis], _ declaration: Declaration, plan: Plan,
        answersWithAll: () -> [HypothesisOutcome.Answer]
    ) {
        let rules = declaration.trialExclusions
        guard !rules.isEmpty else { return nil }
        let excluded = cells.flatMap(\.excluded)
        var comparisons: [ExclusionComparison] = []
        for (cell, analysis) in zip(plan.cells, cells) {
            guard let all = analysis.valuesOfAll else { continue }
            let keys =
                declaration.stages.flatMap { stage in
                    declaration.pairings.flatMap { pairing in
                        [Metric.Statistic.mean, .p50, .p99].map { ProcessValues.Key(.stage(stage, .all, $0), pairing) }
                    }
                } + declaration.program.metricsCompared.map { ProcessValues.Key($0, nil) }
            comparisons += keys.compactMap { key in
                let (without, with) = (analysis.values.estimate(key), all.estimate(key))
                guard without != nil || with != nil else { return nil }
                return ExclusionComparison(
                    cellIndex: cell.index, metric: key.metric, pairing: key.pairing, without: without, with: with)
            }
        }
        self.init(
            excluded: excluded,
            unknownCounts: rules.enumerated().map { index, rule in
                (rule, cells.reduce(0) { $0 + $1.unknownCounts[index] })
            }, comparisons: comparisons, answersWithAll: excluded.isEmpty ? [] : answersWithAll())
    }
}

extension Program {
    /// What is shown with and without excluded trials, besides the stages.
    fileprivate var metricsCompared: [Metric] { source == .trace ? [.throughput] : metrics }
}
