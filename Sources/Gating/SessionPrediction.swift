import Experiments
import Statistics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How far a session lies from those saved before it, with what an unchanged program would show.
struct SessionPrediction: Sendable {
    /// Means over the processes, in the metric's unit.
    let baseline: Double
    let candidate: Double
    /// The candidate's mean less that of the sessions' means, on the scale of the comparison.
    let effect: Double
    /// Of the effect.
    let interval: Interval
    /// The one-sided probability of an effect so far beyond the band on the bad side if the true one lay at its edge.
    let probability: Double
    /// How far the effect is from the nearer edge of the band.
    let gap: Double

    private let deviation: Double
    private let extraVariance: Double

    /// - Parameter errorRate: Of each end of the interval.
    /// - Throws: Where the sessions are too few, or their values have no mean on the scale.
    init(_ series: BaselineSeries, errorRate: Double) throws(Incomparable) {
        if let sentence = series.invaliditySentence { throw Incomparable(reason: sentence) }
        let fewest = StoredComparison.fewestSessions
        let sessions = series.baseline.filter { !$0.values.isEmpty }
        guard sessions.count >= fewest else {
            let missing = fewest - sessions.count
            throw Incomparable(
                reason: "The baseline has \(sessions.count) of the \(fewest) sessions that show how sessions differ; "
                    + "save \(missing) more, at other times.")
        }
        guard !series.candidate.isEmpty else {
            throw Incomparable(reason: "No process of the candidate gave a value of it.")
        }
        var (means, squares) = ([Double](), 0.0)
        var (degreesOfFreedom, inverseCounts) = (0.0, 0.0)
        for session in sessions {
            let moments = Moments(try Self.scaled(session.values, series.band))
            means.append(moments.mean)
            degreesOfFreedom += Double(moments.count - 1)
            inverseCounts += 1 / Double(moments.count) / Double(sessions.count)
            squares += moments.squaredDeviations
        }
        let (between, ours) = (Moments(means), Moments(try Self.scaled(series.candidate, series.band)))
        guard let deviation = between.standardDeviation, deviation.isFinite, ours.mean.isFinite else {
            throw Incomparable(reason: "Its values are so large that their spread is no finite number.")
        }
        // A candidate of fewer processes than the sessions had is less certain than one of them.
        let variance = degreesOfFreedom > 0 ? squares / degreesOfFreedom : 0
        extraVariance = max(0, variance * (1 / Double(ours.count) - inverseCounts))
        self.deviation = deviation
        effect = ours.mean - between.mean
        baseline = Moments(sessions.flatMap { $0.values.map(\.value) }).mean
        candidate = Moments(series.candidate.map(\.value)).mean
        let limit = series.band.limit
        gap = abs(abs(effect) - limit)
        let student = StudentT(degreesOfFreedom: Double(sessions.count - 1))
        let error = Self.error(deviation, extraVariance, sessions: sessions.count)
        let halfWidth = student.quantile(1 - errorRate) * error
        interval = Interval(lowerBound: effect - halfWidth, upperBound: effect + halfWidth)
        let excess = series.worsening(effect) - limit
        probability = error > 0 ? student.cumulative(-excess / error) : excess > 0 ? 0 : 1
    }

    /// Half the interval's width if so many sessions were saved, and differed as they do.
    func halfWidth(sessions: Int, errorRate: Double) -> Double {
        StudentT(degreesOfFreedom: Double(sessions - 1)).quantile(1 - errorRate)
            * Self.error(deviation, extraVariance, sessions: sessions)
    }

    private static func error(_ deviation: Double, _ extraVariance: Double, sessions: Int) -> Double {
        (deviation * deviation * (1 + 1 / Double(sessions)) + extraVariance).squareRoot()
    }

    private static func scaled(_ values: [BaselineSeries.TrialValue], _ band: Band) throws(Incomparable) -> [Double] {
        guard values.allSatisfy(\.value.isFinite) else {
            throw Incomparable(reason: "A value of it is no finite number; look at the trials' traces.")
        }
        guard case .relative = band.size else { return values.map(\.value) }
        guard values.allSatisfy({ $0.value > 0 }) else {
            throw Incomparable(
                reason: "A value of it is zero or less, which has no ratio: declare an absolute band for it.")
        }
        return values.map { log($0.value) }
    }
}
