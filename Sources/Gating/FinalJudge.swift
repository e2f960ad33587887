/// The verdict on each metric at the end of a session, with its sentence.
struct FinalJudge {
    /// One-sided, of the last look: what more pairs would be judged at.
    let level: Double
    /// The same where the error is shared among all comparisons.
    let correctedLevel: Double
    /// How many pairs a pass takes: of blocks that gave none there may have been many.
    let minimumPairs: Int
    /// Why nothing may fail, where the null control alarmed.
    let alarm: String?

    func outcome(of look: SeriesLook, _ confirmation: Confirmation?) -> MetricOutcome {
        if let confirmation { return outcome(of: look, confirmation) }
        let band = look.text.bandText
        switch look.placement {
        case .inside, .better:
            let place =
                look.placement == .inside
                ? "\(look.figures) lies inside the band of \(band)"
                : "Improved: \(look.figures) lies beyond the band of \(band) on the good side"
            guard look.pairCount >= minimumPairs else {
                return look.outcome(.inconclusive, "\(place), but a pass takes \(minimumPairs) pairs or more.")
            }
            return look.outcome(.pass, "\(place); \(MissableShare.text(look.pairCount)) by so many pairs.")
        case .incomparable(let reason): return look.outcome(.inconclusive, reason)
        case .undecided:
            let missing = look.pairsMissing(level: level)
            return look.outcome(
                .inconclusive, "\(look.figures) reaches over an edge of the band of \(band); \(advice(missing)).",
                pairsMissing: missing)
        case .worse:
            let missing = look.pairsMissing(level: correctedLevel)
            return look.outcome(
                .inconclusive,
                "\(look.figures) lies beyond the band of \(band), but not so surely that it stands among all comparisons and "
                    + "under random signs; \(advice(missing)).",
                pairsMissing: missing)
        }
    }

    /// A confirmed failure has the figures of the fresh pairs: those that raised the suspicion are the largest of several
    /// looks, and say too much.
    private func outcome(of look: SeriesLook, _ confirmation: Confirmation) -> MetricOutcome {
        let (fresh, band) = (confirmation.fresh, look.text.bandText)
        if case .incomparable(let reason) = fresh.placement {
            return look.outcome(
                .inconclusive, "\(look.figures) lies beyond the band of \(band), but cannot be confirmed: \(reason)")
        }
        guard confirmation.isConfirmed else {
            let shown = fresh.outcome(.inconclusive, "")
            var outcome = look.outcome(
                .inconclusive,
                "\(look.figures) lies beyond the band of \(band), and fresh pairs do not confirm it: \(fresh.figures).")
            outcome.unconfirmedBy = .init(
                effect: shown.effect, interval: shown.interval, pairCount: shown.pairCount)
            return outcome
        }
        let sentence =
            "Worse: \(look.figures) lies beyond the band of \(band), and fresh pairs confirm it: \(fresh.figures)"
        guard alarm == nil else {
            return fresh.outcome(.inconclusive, "\(sentence); but the null control alarmed.")
        }
        return fresh.outcome(.fail, sentence + ".")
    }

    private func advice(_ missing: Int?) -> String {
        guard let missing else {
            return "no number of pairs that anybody would run decides it at this effect and spread"
        }
        return "about \(missing) more \(missing == 1 ? "pair" : "pairs") would decide it at this effect and spread"
    }
}
