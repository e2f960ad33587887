import Experiments

/// The verdict on each metric at the end of a session, with its sentence.
struct FinalJudge {
    /// One-sided, of the last look: what more pairs would be judged at.
    let level: Double
    /// The same where the error is shared among all comparisons.
    let correctedLevel: Double
    let design: SequentialDesign
    /// Why nothing may fail, where the null control alarmed.
    let alarm: String?

    func outcome(of look: SeriesLook, _ confirmation: Confirmation?) -> MetricOutcome {
        var outcome = judged(look, confirmation)
        if outcome.confidence != nil {
            // A confirmed failure has the figures of the fresh pairs, which have looks of their own.
            let isFresh = confirmation?.isConfirmed ?? false
            outcome.confidenceOverLooks = 1 - (isFresh ? design.confirmationErrorRate : design.errorRate)
        }
        return outcome
    }

    private func judged(_ look: SeriesLook, _ confirmation: Confirmation?) -> MetricOutcome {
        if let confirmation { return judged(look, confirmation) }
        let band = look.text.bandText
        switch look.placement {
        case .inside, .better:
            let place =
                look.placement == .inside
                ? "\(look.figures) lies inside the band of \(band)"
                : "Improved: \(look.figures) lies beyond the band of \(band) on the good side"
            // Of blocks that gave no pair there may have been many.
            guard look.pairCount >= design.minimumPairs else {
                return look.outcome(.inconclusive, "\(place), but a pass takes \(design.minimumPairs) pairs or more.")
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
    private func judged(_ look: SeriesLook, _ confirmation: Confirmation) -> MetricOutcome {
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
            return
                "it would take more than \(GateDeclaration.pairRange.upperBound) pairs at this effect and spread: widen the band"
        }
        return "about \(missing) more \(missing == 1 ? "pair" : "pairs") would decide it at this effect and spread"
    }
}
