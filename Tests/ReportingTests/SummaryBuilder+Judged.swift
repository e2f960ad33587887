import Analysis
import Auditing
import Experiments
import Statistics
import TraceModel

extension SummaryBuilder {
    /// The puzzle with all that the figures rest on: start-up, twins in virtual time, environment, effects, exclusions.
    static var judged: ExperimentSummary {
        var summary = puzzle
        summary.declaration.trialExclusions = [TrialExclusion(figure: .steal, above: 0.05)]
        for index in summary.cells.indices {
            for place in summary.cells[index].stages.indices
            where summary.cells[index].stages[place].pairing == .request
                && summary.cells[index].stages[place].subset == .all
            {
                summary.cells[index].stages[place].basis = basis(isOpen: index == 1)
            }
            summary.cells[index].environment = environment
        }
        summary.effects = [
            MetricEffects(metric: .stage(.persist, .all, .mean), pairing: .request, effects: effects(summary.plan))
        ]
        summary.exclusion = ExclusionSummary(
            excluded: [
                ExcludedTrial(
                    identifier: "block-03-cell-001", cellIndex: 1,
                    rule: summary.declaration.trialExclusions[0], value: 0.12)
            ],
            unknownCounts: [(summary.declaration.trialExclusions[0], 2)],
            comparisons: [
                ExclusionComparison(
                    cellIndex: 1, metric: .stage(.persist, .all, .mean), pairing: .request,
                    without: estimate(60.13e6, spread: 0.02e6), with: estimate(61.4e6, spread: 1.9e6)),
                ExclusionComparison(
                    cellIndex: 1, metric: .throughput, pairing: nil, without: estimate(14.94, spread: 0.02), with: nil),
            ], answersWithAll: [.supported, .refuted, .refuted])
        summary.unapplied = [
            UnappliedAudit(audit: "oracle", reason: "no virtual twin in 1 of 2 cells"),
            UnappliedAudit(audit: "independence", reason: "5 of 10 blocks needed"),
        ]
        return summary
    }

    private static func basis(isOpen: Bool) -> StageBasis {
        StageBasis(
            openShare: isOpen ? 0.108 : 0,
            worth: SampleWorth(
                processCount: 5, valueCount: 11_976, betweenShare: 0.031, designEffect: 9.3, effectiveCount: 1_288),
            pooledIntervals: isOpen
                ? [:]
                : [
                    .p50: Interval(lowerBound: 50.05e6, upperBound: 50.13e6),
                    .p99: Interval(lowerBound: 50.3e6, upperBound: 50.6e6),
                ],
            outliers: TukeyClasses(lowerQuartile: 50.06e6, upperQuartile: 50.12e6, count: 11_976) { limit in
                limit < 50e6 ? 3 : limit < 50.25e6 ? 11_900 : 11_960
            },
            startUp: StartUp(
                classes: [.flat: 3, .warmUp: 1, .slowDown: 1, .neverSteady: 0], longestNanoseconds: 1.2e9, lateCount: 0,
                cutNanoseconds: 2e9, doubledCutRatio: estimate(1.004, spread: 0.011)),
            machineAdded: [
                MachineAdded(
                    statistic: .mean, wallNanoseconds: 50.11e6, virtualNanoseconds: 50e6,
                    added: estimate(110_000, spread: 20_000)),
                MachineAdded(
                    statistic: .p99, wallNanoseconds: 50.42e6, virtualNanoseconds: 50e6,
                    added: estimate(420_000, spread: 90_000)),
            ])
    }

    private static let environment = [
        EnvironmentRow(figure: .steal, mean: 0.002, worst: 0.004, trials: 5),
        EnvironmentRow(figure: .otherLoad, mean: 0.03, worst: 0.11, trials: 5),
        EnvironmentRow(figure: .cpuPressure, mean: 0.01, worst: 0.01, trials: 5),
        EnvironmentRow(figure: .swappedPages, mean: 0, worst: 0, trials: 5),
        EnvironmentRow(figure: .involuntarySwitches, mean: 31.2, worst: 44, trials: 5),
    ]

    private static func effects(_ plan: Plan) -> FactorEffects {
        let observations = (0..<5).flatMap { block in
            [50.1e6, 60.2e6].enumerated().map { level, value in
                FactorEffects.Observation(block: block, levels: [level], value: value + Double(block * level) * 10_000)
            }
        }
        return FactorEffects(
            factors: [.init(name: "write-delay", levels: ["fixed 50 ms", "random"])], observations: observations,
            scale: .ratio)!
    }
}
