// Intervals over processes take it that the processes know nothing of one another. A machine that heats up, a disk that
// fills or a neighbour that comes and goes makes each trial like the one before it, and the interval too narrow. The
// trials are looked at in the order in which they ran, across all cells, each as its distance from its own cell's mean:
// blocks are randomised, so that a drift falls on all cells alike, and shows here and not between them.
//
// The trials of one block share their seed (common random numbers), and are alike for that. So a block is one value, the
// mean of its trials' distances, and what is judged is whether blocks resemble the blocks before them.

import Experiments
import Pairing
import Quantities
import Randomness
import Statistics
import TraceModel

/// A block of trials does not resemble the block that ran before it.
///
/// The lag-1 correlation of the trials' mean request (of their mean write where there are no requests), as shares of their
/// cells' means, averaged over each block, in the order of running. Positive, with a probability below 0.1 % by chance, is
/// *doubtful*. Without a trace it is that of the trials' first ten figures, each with its share of the 0.1 %. Fewer than
/// ten blocks, or cells of a single trial, say nothing.
public struct IndependenceAudit: Audit {
    public let identifier = "independence"
    public let scope = AuditScope.experiment
    public let needsTrace = false

    static let smallestCount = 10
    static let probability = 0.001
    /// Figures of one process that are looked at: with more, the smallest probability that can be told would not do.
    static let figureMaximum = 10
    /// The smallest probability that can be told is one part in so many and one.
    static let orders = 9999

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        let metrics = evidence.trials.first { !$0.hasTrace }?.figures.map(\.metric).prefix(Self.figureMaximum) ?? []
        let ofProcesses = metrics.compactMap { metric in
            finding(
                nil, "of \(metric.text)",
                evidence.deviationsInOrder { trial in
                    trial.figures.first { $0.metric == metric }?.value
                }, probability: Self.probability / Double(metrics.count), in: evidence)
        }
        if !metrics.isEmpty { return ofProcesses }
        let ofStages = [Stage.request, .persist].lazy.compactMap { stage in
            finding(
                stage, "of the mean of the \(stage.plural)", evidence.deviationsInOrder { $0.stages[stage]?.mean },
                probability: Self.probability, in: evidence)
        }
        return ofStages.first.map { [$0] } ?? []
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        let blocks = Set(evidence.trials.map(\.block)).count
        guard blocks >= Self.smallestCount else { return "\(blocks) of \(Self.smallestCount) blocks needed" }
        guard evidence.trials.allSatisfy(\.hasTrace) else { return nil }
        let isJudged = [Stage.request, .persist].contains { stage in
            evidence.deviationsInOrder { $0.stages[stage]?.mean }.count >= Self.smallestCount
        }
        return isJudged ? nil : "too few blocks with requests or writes"
    }

    private func finding(
        _ stage: Stage?, _ what: String, _ deviations: [Double], probability: Double, in evidence: CellEvidence
    ) -> Finding? {
        // The orders that chance is judged by are drawn anew from the same seed, so that the same data have the same verdict.
        var generator = RandomStream(seed: 1, name: identifier)
        guard deviations.count >= Self.smallestCount,
            let correlation = SerialCorrelation(of: deviations, orders: Self.orders, using: &generator),
            correlation.lag1 > 0, correlation.probability < probability
        else { return nil }
        return finding(
            .doubtful, of: stage, in: evidence,
            "Trials resemble those that ran before them: the lag-1 correlation \(what) over "
                + "\(deviations.count.grouped) blocks is \(correlation.lag1.fixed(2)) (by chance once in "
                + "\(Int(1 / correlation.probability).grouped) orders or more rarely); they are worth "
                + "\(correlation.effectiveCount.fixed(0)).",
            [
                Finding.Figure("lag-1-correlation", correlation.lag1, .ratio),
                Finding.Figure("probability", correlation.probability, .ratio), .count("blocks", deviations.count),
                Finding.Figure("effective-blocks", correlation.effectiveCount, .count),
            ],
            remedy:
                "Something drifts while the experiment runs: look at the environment's figures in the order of running, "
                + "let the machine settle, and run more blocks.")
    }
}

extension CellEvidence {
    /// For each block the mean over its trials of a figure over its cell's mean, less 1, in the order of running; trials of
    /// cells with one trial, or a mean of zero, are left out.
    ///
    /// - Parameter figure: Of a trial; nil where it has none.
    func deviationsInOrder(of figure: (TrialEvidence) -> Double?) -> [Double] {
        var cells: [Int: Moments] = [:]
        for trial in trials {
            if let value = figure(trial) { cells[trial.cellIndex, default: Moments()].add(value) }
        }
        var blocks: [Int: (first: Int, deviations: Moments)] = [:]
        for trial in trials {
            guard let value = figure(trial), let cell = cells[trial.cellIndex], cell.count > 1, cell.mean > 0
            else { continue }
            var block = blocks[trial.block] ?? (trial.order, Moments())
            block.first = min(block.first, trial.order)
            block.deviations.add(value / cell.mean - 1)
            blocks[trial.block] = block
        }
        return blocks.values.sorted { $0.first < $1.first }.map(\.deviations.mean)
    }
}
