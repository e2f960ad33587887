import Auditing
import Experiments
import Pairing
import Statistics
import TraceModel

/// What became of the rules by which trials do not count.
public struct ExclusionSummary: Sendable, Equatable {
    /// The trials that do not count, in the plan's order.
    public var excluded: [ExcludedTrial]
    /// For each rule, how many of all trials could not tell the figure; they count.
    public var unknownCounts: [(rule: TrialExclusion, trials: Int)]
    /// The figures with the excluded trials counted in, beside those without; empty where none was excluded.
    public var comparisons: [ExclusionComparison]
    /// What would have become of each hypothesis had every trial counted, in their order; empty where none was excluded.
    public var answersWithAll: [HypothesisOutcome.Answer]

    public static func == (left: ExclusionSummary, right: ExclusionSummary) -> Bool {
        left.excluded == right.excluded && left.comparisons == right.comparisons
            && left.answersWithAll == right.answersWithAll
            && left.unknownCounts.elementsEqual(right.unknownCounts) { $0 == $1 }
    }

    public init(
        excluded: [ExcludedTrial], unknownCounts: [(rule: TrialExclusion, trials: Int)],
        comparisons: [ExclusionComparison], answersWithAll: [HypothesisOutcome.Answer]
    ) {
        self.excluded = excluded
        self.unknownCounts = unknownCounts
        self.comparisons = comparisons
        self.answersWithAll = answersWithAll
    }
}

/// A trial that does not count, and the figure that says so.
public struct ExcludedTrial: Sendable, Equatable {
    public var identifier: String
    public var cellIndex: Int
    public var rule: TrialExclusion
    /// In the unit of the rule.
    public var value: Double

    public init(identifier: String, cellIndex: Int, rule: TrialExclusion, value: Double) {
        self.identifier = identifier
        self.cellIndex = cellIndex
        self.rule = rule
        self.value = value
    }
}

/// One figure without and with the excluded trials.
public struct ExclusionComparison: Sendable, Equatable {
    public var cellIndex: Int
    public var metric: Metric
    /// Nil where the metric does not depend on one.
    public var pairing: PairingKey?
    /// Nil where no trial of the cell counts, or not each of them gave the figure.
    public var without: Estimate?
    public var with: Estimate?

    public init(cellIndex: Int, metric: Metric, pairing: PairingKey?, without: Estimate?, with: Estimate?) {
        self.cellIndex = cellIndex
        self.metric = metric
        self.pairing = pairing
        self.without = without
        self.with = with
    }
}
