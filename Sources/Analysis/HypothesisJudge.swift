import Experiments
import Statistics
import TraceModel

// How a hypothesis is decided. A claim about every cell (or every pair of levels) is supported when it holds in each of
// them at 95 %: no correction is due, because all of them must hold (the intersection–union principle, Berger 1982,
// doi:10.1080/00401706.1982.10487790). It is refuted when it fails in any of them, and there a correction is due: the
// intervals that refute are widened to 1 − 0.05/k for k looks (Bonferroni). Everything between is undecided: the data
// do not say, and the figures show by how much.
//
// Minimum and maximum have no such interval. A claim about them is judged on the events that were observed, and the
// figures say so. That some event lies beyond a value (a maximum above it, a minimum below) is supported by one event, and
// undecided without: a longer run might show one. That none does is refuted by one event, and supported without.

/// Decides the declared hypotheses from the processes' values.
public struct HypothesisJudge: Sendable {
    let factors: [Factor]
    let cells: [Cell]
    let values: [ProcessValues]

    /// - Parameter values: One for each cell, in the order of the cells.
    public init(factors: [Factor], cells: [Cell], values: [ProcessValues]) {
        precondition(cells.count == values.count, "\(values.count) sets of values for \(cells.count) cells")
        self.factors = factors
        self.cells = cells
        self.values = values
    }

    /// What becomes of the hypothesis, with the figures that decide it.
    public func outcome(of hypothesis: Hypothesis) -> HypothesisOutcome {
        let looks =
            switch hypothesis.claim {
            case .near, .below, .above: valueLooks(hypothesis)
            case .equivalent(let along, let margin): equivalenceLooks(hypothesis, along: along, margin: margin)
            case .rises(let along): trendLooks(hypothesis, along: along, rising: true)
            case .falls(let along): trendLooks(hypothesis, along: along, rising: false)
            case .varies(let along, let ratio): variationLooks(hypothesis, along: along, byMoreThan: ratio)
            }
        return HypothesisOutcome(hypothesis: hypothesis, answer: Look.answer(looks), figures: looks.map(\.figure))
    }

    /// The indices of the cells that the hypothesis selects.
    func selectedCells(_ hypothesis: Hypothesis) -> [Int] {
        cells.indices.filter { index in
            cells[index].choices.allSatisfy { choice in
                hypothesis.selection[choice.factor]?.contains(choice.label) ?? true
            }
        }
    }
}

/// One cell or comparison that a hypothesis was tried on.
struct Look {
    var answer: HypothesisOutcome.Answer
    var figure: String

    /// Supported when every look supports, refuted when any refutes, else undecided.
    static func answer(_ looks: [Look]) -> HypothesisOutcome.Answer {
        if looks.isEmpty { return .undecided }
        if looks.contains(where: { $0.answer == .refuted }) { return .refuted }
        return looks.allSatisfy { $0.answer == .supported } ? .supported : .undecided
    }
}
