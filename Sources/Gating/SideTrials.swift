// A program that crashes now and then has fewer values, not worse ones: what is compared are the trials that came through, and
// those that did not may well be the slow ones (survivorship). So losses are counted beside the figures, and judged by one
// rule: nothing passes where the candidate lost more than its baseline did, or more than a tenth of its trials, since then both
// sides are a choice. A failure stays a failure: losing trials does not make anything slower.

import Experiments

/// What became of the trials of one side, in the blocks that were run.
public struct SideTrials: Sendable, Equatable, Codable {
    public var side: Side
    /// Trials that were run, whatever came of them.
    public var trialCount: Int
    /// Those that gave no numbers.
    public var lostCount: Int
    /// Attempts that failed and were made once more.
    public var repeatedCount: Int

    public init(side: Side, trialCount: Int, lostCount: Int, repeatedCount: Int) {
        self.side = side
        self.trialCount = trialCount
        self.lostCount = lostCount
        self.repeatedCount = repeatedCount
    }

    /// Whether every trial gave its numbers at the first attempt.
    public var isWhole: Bool { lostCount == 0 && repeatedCount == 0 }

    /// As in `lost 2 of 24 trials and repeated 3 attempts`.
    public var text: String {
        "lost \(lostCount) of \(trialCount) \(trialCount == 1 ? "trial" : "trials") and repeated \(repeatedCount) "
            + (repeatedCount == 1 ? "attempt" : "attempts")
    }

    /// More trials are gone, or more attempts came to nothing: each lost trial is one, and each repetition.
    fileprivate func isWorse(than other: SideTrials) -> Bool {
        lostCount > other.lostCount || lostCount + repeatedCount > other.lostCount + other.repeatedCount
    }
}

extension GateDecision {
    /// One trial in so many may be lost, whatever the baseline lost.
    private static let mostLost = 10

    /// The decision as the trials behind it leave it: where the candidate lost more than the baseline, or more than a tenth of
    /// its trials, nothing passes.
    ///
    /// - Parameter trials: One for each side; a baseline that is stored is not among them, and lost nothing: it could not
    ///   have been saved otherwise.
    public func heldAgainst(_ trials: [SideTrials]) -> GateDecision {
        guard let candidate = trials.first(where: { $0.side == .candidate }) else { return self }
        let known = trials.first { $0.side == .baseline }
        let baseline = known ?? SideTrials(side: .baseline, trialCount: 0, lostCount: 0, repeatedCount: 0)
        guard candidate.isWorse(than: baseline) || candidate.lostCount * Self.mostLost > candidate.trialCount else {
            return self
        }
        var held = self
        held.metrics = metrics.map { metric in
            guard metric.verdict == .pass else { return metric }
            var undecided = metric
            undecided.verdict = .inconclusive
            undecided.reason += " But the candidate lost too many trials or attempts."
            return undecided
        }
        let comparison = known.map { "the baseline \($0.text)" } ?? "the stored baseline lost none"
        let sentence =
            "The candidate \(candidate.text), \(comparison): what came through may be its better part, so that it cannot pass."
        if verdict == .fail {
            held.reasons.append(sentence)
        } else {
            held.verdict = .inconclusive
            held.reasons.insert(sentence, at: 0)
        }
        return held
    }
}
