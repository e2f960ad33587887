// Runs at different times differ by more than the spread inside either tells: two sessions of the same program are called
// different by Welch's test on the processes' means in 22 to 30 % of the cases (A/A sessions on a contended 2-core machine).
// So the session is the unit. What a new session of the unchanged program may be is the prediction interval over the saved
// sessions' means: m ± t(S − 1)·s·√(1 + 1/S) (Hahn & Meeker 1991, *Statistical Intervals*, section 4.7). With fewer sessions
// than three there is next to no knowing how sessions differ, and no verdict.
//
// The road not taken is a bootstrap of the processes: it knows nothing of the next session.

import Experiments
import Statistics

/// The gate against a stored baseline of the wall clock, from the same machine.
public enum StoredComparison {
    /// Fewer saved sessions say nothing of the next one.
    public static let fewestSessions = 3
    /// More are not asked for.
    private static let mostSessions = 100
    /// Of a false failure over the whole matrix, and of each end of an interval: there are no fresh pairs to confirm it.
    public static let errorRate = 0.01

    /// *fail* where the whole prediction interval lies beyond the band on the bad side, and does so by Holm's correction over
    /// all; *pass* where it lies inside, or beyond on the good side; otherwise *inconclusive*, with how many sessions to save.
    ///
    /// - Parameters:
    ///   - series: One for each metric and cell.
    ///   - advisory: Why the baseline is not of this machine as it is now, as a whole sentence; nil where it is. With it
    ///     nothing passes and nothing fails, and the figures are shown.
    public static func decision(_ series: [BaselineSeries], advisory: String? = nil) -> GateDecision {
        let predictions = series.map { series -> Result<SessionPrediction, Incomparable> in
            do throws(Incomparable) {
                return .success(try SessionPrediction(series, errorRate: errorRate))
            } catch {
                return .failure(error)
            }
        }
        let probabilities = HolmAdjustment.adjusted(
            predictions.map { result in
                switch result {
                case .success(let prediction): prediction.probability
                // It takes part in the matrix, and cannot fail.
                case .failure: 1
                }
            })
        let outcomes = zip(zip(series, predictions), probabilities).map { pair, probability in
            outcome(pair.0, pair.1, probability, isAdvisory: advisory != nil)
        }
        var decision = GateDecision(over: outcomes, pairCount: series.map(\.candidate.count).max() ?? 0)
        if let advisory { decision.reasons.insert(advisory, at: 0) }
        return decision
    }

    private static func outcome(
        _ series: BaselineSeries, _ result: Result<SessionPrediction, Incomparable>, _ probability: Double,
        isAdvisory: Bool
    ) -> MetricOutcome {
        switch result {
        case .failure(let error):
            return MetricOutcome(
                cell: series.cell, metric: series.metric, direction: series.direction, dimension: series.dimension,
                band: series.band, verdict: .inconclusive, reason: error.reason, pairCount: 0)
        case .success(let prediction):
            var (verdict, sentence) = judged(series, prediction, probability)
            if isAdvisory {
                verdict = .inconclusive
                sentence += " It is advisory only: the baseline is not of this machine as it is now."
            }
            var (effect, interval) = (prediction.effect, prediction.interval)
            if case .relative = series.band.size {
                effect = exponential(effect)
                interval = Interval(
                    lowerBound: exponential(interval.lowerBound), upperBound: exponential(interval.upperBound))
            }
            return MetricOutcome(
                cell: series.cell, metric: series.metric, direction: series.direction, dimension: series.dimension,
                band: series.band, verdict: verdict, reason: sentence, baseline: prediction.baseline,
                candidate: prediction.candidate, effect: effect, interval: interval, confidence: 1 - 2 * errorRate,
                pairCount: series.candidate.count)
        }
    }

    private static func judged(
        _ series: BaselineSeries, _ prediction: SessionPrediction, _ probability: Double
    ) -> (GateVerdict, String) {
        let band = series.text.bandText
        let figures =
            "\(series.text.text(prediction.effect)) \(series.text.text(prediction.interval)) against "
            + "\(series.baseline.count) sessions"
        let count = series.candidate.count
        let missable = "\(MissableShare.text(count)) by \(count) \(count == 1 ? "trial" : "trials")"
        let limit = series.band.limit
        switch BandDecision(prediction.interval, within: Interval(lowerBound: -limit, upperBound: limit)) {
        case .inside: return (.pass, "\(figures) lies inside the band of \(band); \(missable).")
        case .outside where series.worsening(prediction.effect) < 0:
            return (.pass, "Improved: \(figures) lies beyond the band of \(band) on the good side; \(missable).")
        case .outside where probability <= errorRate:
            return (.fail, "Worse: \(figures) lies beyond the band of \(band).")
        case .outside:
            return (
                .inconclusive,
                "\(figures) lies beyond the band of \(band), but not so surely that it stands among all comparisons."
            )
        case .undecided:
            let missing = (series.baseline.count + 1...max(series.baseline.count + 1, mostSessions)).first {
                prediction.halfWidth(sessions: $0, errorRate: errorRate) < prediction.gap
            }
            let advice =
                missing.map { "about \($0 - series.baseline.count) more saved sessions would decide it" }
                ?? "sessions differ too much for that at any number of them; run pairs in one session instead"
            return (.inconclusive, "\(figures) reaches over an edge of the band of \(band); \(advice).")
        }
    }
}
