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

    /// What the figures are counted in.
    var unitName: String { mode == .paired ? "pair" : "trial" }

    /// As in `24 pairs, of at most 60 and 30 to confirm a failure, in 5 min 12 s`.
    var pairsText: String {
        let limit =
            mode == .paired ? ", of at most \(pairMaximum) and \(confirmationPairMaximum) to confirm a failure," : ""
        return "\(pairCount.counted(unitName))\(limit) in \(Duration.nanoseconds(elapsedNanoseconds).spoken)"
    }

    /// What an effect is, as a sentence.
    var effectText: String {
        let mean =
            switch mode {
            case .paired: "of the ratios within pairs"
            case .committed: "of the ratios of trials with the same seed"
            case .stored: "of the trials' values, over that of the stored sessions"
            }
        let interval = mode == .committed ? "" : " with the interval by which the verdict was found"
        return
            "candidate against baseline\(interval); where the band is relative, from the geometric mean \(mean), so that it may "
            + "differ from the quotient of the two figures beside it."
    }

    /// When something fails or passes, as Markdown.
    var ruleText: Markdown {
        switch mode {
        case .paired:
            """
            *Fail* needs the whole interval beyond the band on the bad side, and fresh pairs that confirm it; *pass* needs the whole \
            interval inside the band, or beyond it on the good side.
            """
        case .committed:
            """
            In virtual time the same seeds give the same values, so that there is no noise and no interval: *fail* is a mean effect beyond \
            the band on the bad side, *pass* any other.
            """
        case .stored:
            """
            *Fail* needs the whole prediction interval of a new session beyond the band on the bad side, also with the error shared among \
            all figures; *pass* needs the whole interval inside the band, or beyond it on the good side.
            """
        }
    }

    /// At what confidence the intervals hold, as a sentence; nil where there are none.
    ///
    /// Looks of one session share an error, so that the interval of each is wider than what all of them together may claim.
    var confidenceText: String? {
        let known = metrics.filter { $0.confidence != nil }
        let shared = Set(known.map { $0.confidenceOverLooks ?? 0 }).sorted(by: >)
        let parts = shared.map { overLooks -> String in
            let own = known.filter { ($0.confidenceOverLooks ?? 0) == overLooks }.compactMap(\.confidence)
            let range = Set(own.map(Self.percent)).sorted().joined(separator: " or ")
            return overLooks == 0 ? range : "\(Self.percent(overLooks)) over all looks (\(range) at this one)"
        }
        return parts.isEmpty ? nil : "Intervals hold at \(parts.joined(separator: ", those of fresh pairs at "))."
    }

    /// With at most two decimals.
    private static func percent(_ share: Double) -> String {
        FigureColumn.trimmed((10_000 * share).rounded() / 100) + " %"
    }

    /// What became of the trials, side by side, or in few words where nothing went wrong; nil where nobody counted.
    var trialsText: String? {
        guard !trials.isEmpty else { return nil }
        guard trials.contains(where: { !$0.isWhole }) else { return "none was lost, and no attempt was repeated" }
        return trials.map { "the \($0.side.rawValue) \($0.text)" }.joined(separator: "; ")
    }

    /// The same as a paragraph; none where nobody counted.
    var trialsMarkdown: [Markdown] { trialsText.map { ["Trials: \($0)."] } ?? [] }
}
