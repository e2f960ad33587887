import Experiments
import Gating
import Quantities

// What a comparison is called, in every format alike.

extension GateOutcome {
    /// What the candidate was held against, as a phrase.
    var modeText: String {
        switch mode {
        case .paired: "randomised pairs in one session"
        case .committed: "a committed baseline, in virtual time"
        case .stored: "a stored baseline of the wall clock"
        }
    }

    /// As in `24 of at most 40 pairs in 5 min 12 s`; in virtual time there are as many as were stored.
    var pairsText: String {
        let pairs =
            pairCount < pairMaximum
            ? "\(pairCount) of at most \(pairMaximum.counted("pair"))" : pairCount.counted("pair")
        return "\(pairs) in \(Duration.nanoseconds(elapsedNanoseconds).spoken)"
    }

    /// What became of the trials, side by side, or in few words where nothing went wrong; nil where nobody counted.
    var trialsText: String? {
        guard !trials.isEmpty else { return nil }
        guard trials.contains(where: { !$0.isWhole }) else { return "none was lost, and no attempt was repeated" }
        return trials.map { "the \($0.side.rawValue) \($0.text)" }.joined(separator: "; ")
    }

    /// The same as a paragraph; none where nobody counted.
    var trialsMarkdown: [Markdown] { trialsText.map { ["Of the trials \($0)."] } ?? [] }
}
