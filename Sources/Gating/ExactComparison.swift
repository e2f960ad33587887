// Virtual time has no noise: the same seeds give the same bits on every machine, so there is nothing to test, and a difference
// is one. What is judged is the mean over the trials, since a change of the program may exchange draws among requests and
// move single trials up and down: the band is for that. No verdict but the invalid and the unlike are inconclusive.

import Experiments
import Statistics

/// The gate against a baseline committed in the repository, in virtual time.
public enum ExactComparison {
    /// *fail* where the mean effect over the trials lies beyond the band on the bad side, else *pass*.
    ///
    /// - Parameter series: One for each metric and cell, each with exactly one session as its baseline. Where trials of the
    ///   two sides do not match, by number, the metric is inconclusive.
    public static func decision(_ series: [BaselineSeries]) -> GateDecision {
        let outcomes = series.map(outcome)
        return GateDecision(over: outcomes, pairCount: outcomes.map(\.pairCount).max() ?? 0)
    }

    private static func outcome(_ series: BaselineSeries) -> MetricOutcome {
        do throws(Incomparable) {
            let pairs = try pairs(series)
            return try outcome(series, pairs)
        } catch {
            return MetricOutcome(
                cell: series.cell, metric: series.metric, direction: series.direction, dimension: series.dimension,
                band: series.band, verdict: .inconclusive, reason: error.reason, pairCount: 0)
        }
    }

    private typealias Pair = (baseline: Double, candidate: Double)

    private static func pairs(_ series: BaselineSeries) throws(Incomparable) -> [Pair] {
        if let sentence = series.invaliditySentence { throw Incomparable(reason: sentence) }
        guard series.baseline.count == 1 else {
            throw Incomparable(
                reason: "A committed baseline is one session, and this one has \(series.baseline.count); save it anew.")
        }
        let baseline = series.baseline[0].values.sorted { $0.block < $1.block }
        let candidate = series.candidate.sorted { $0.block < $1.block }
        guard !candidate.isEmpty else { throw Incomparable(reason: "No trial of the candidate gave a value of it.") }
        guard baseline.map(\.block) == candidate.map(\.block) else {
            throw Incomparable(
                reason:
                    "The baseline has \(baseline.count) trials and the candidate \(candidate.count), and they are not "
                    + "the same ones; run the plan of the baseline, or save it anew.")
        }
        return zip(baseline, candidate).map { (baseline: $0.value, candidate: $1.value) }
    }

    private static func outcome(_ series: BaselineSeries, _ pairs: [Pair]) throws(Incomparable) -> MetricOutcome {
        // One trial is enough where nothing is random: its spread is not used.
        let sample = try DifferenceSample(pairs.count == 1 ? pairs + pairs : pairs, band: series.band)
        let mean = sample.moments.mean
        let identical = pairs.count { $0.baseline.bitPattern == $0.candidate.bitPattern }
        let worse = series.worsening(mean)
        let limit = series.band.limit
        let band = series.text.bandText
        let isOne = pairs.count == 1
        let counts = "\(identical) of \(pairs.count) \(isOne ? "value is" : "values are") identical to the last bit"
        let figures = "\(series.text.text(mean)) on average over \(pairs.count) \(isOne ? "trial" : "trials")"
        let place: String
        if worse > limit {
            place = "Worse: \(figures), beyond the band of \(band)"
        } else if worse < -limit {
            place = "Improved: \(figures), beyond the band of \(band) on the good side"
        } else {
            place = "\(figures), inside the band of \(band)"
        }
        var effect = mean
        if case .relative = series.band.size { effect = exponential(mean) }
        return MetricOutcome(
            cell: series.cell, metric: series.metric, direction: series.direction, dimension: series.dimension,
            band: series.band, verdict: worse > limit ? .fail : .pass, reason: "\(place); \(counts).",
            baseline: sample.baseline, candidate: sample.candidate, effect: effect, pairCount: pairs.count)
    }
}
