import Archiving
import Auditing
import Experiments
import Pairing
import Statistics
import TraceModel

/// One cell of a run: the trials that count, summed up and audited, and beside them those that a declared rule leaves out.
struct CellAnalysis {
    let summary: CellSummary
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
        observed = trials.flatMap(\.observed)
        let builder = EvidenceBuilder(declaration: declaration, cell: cell)
        let rules = declaration.trialExclusions
        let all = builder.evidence(trials, missing)
        let exclusions = all.trials.map { $0.exclusion(by: rules) }
        excluded = zip(all.trials, exclusions).compactMap { trial, exclusion in
            exclusion.map {
                ExcludedTrial(identifier: trial.identifier, cellIndex: cell.index, rule: $0.rule, value: $0.value)
            }
        }
        unknownCounts = rules.map { rule in all.trials.count { $0.figure(rule.figure) == nil } }
        let counted = zip(trials, exclusions).filter { $1 == nil }.map(\.0)
        let isWhole = excluded.isEmpty
        evidence = isWhole ? all : builder.evidence(counted, missing, excludedCount: excluded.count)
        let summarizer = CellSummarizer(declaration: declaration, cell: cell, trials: counted, evidence: evidence)
        summary = summarizer.summary()
        values = summarizer.values
        valuesOfAll =
            isWhole ? nil : CellSummarizer(declaration: declaration, cell: cell, trials: trials, evidence: all).values
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
                } + [ProcessValues.Key(.throughput, nil)]
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
