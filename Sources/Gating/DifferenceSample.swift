import Experiments
import Statistics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why the pairs of a series cannot be compared.
struct Incomparable: Error, Equatable {
    /// A whole sentence.
    let reason: String
}

/// The differences of pairs on the scale of the comparison: ln(candidate/baseline) for a relative band, candidate − baseline
/// for an absolute one. Both are positive where the candidate has more.
struct DifferenceSample: Sendable {
    let values: [Double]
    let moments: Moments
    /// Means over the processes, in the metric's unit.
    let baseline: Double
    let candidate: Double

    /// - Parameters:
    ///   - pairs: In the order of the blocks.
    ///   - band: Decides the scale.
    /// - Throws: Where there are fewer than two pairs, where a value is no finite number, and where a ratio is asked for of
    ///   values that are not all above zero.
    init(_ pairs: [(baseline: Double, candidate: Double)], band: Band) throws(Incomparable) {
        guard pairs.count >= 2 else {
            throw Incomparable(
                reason: "It has \(pairs.count == 1 ? "one pair" : "no pairs") of values; a spread needs two or more.")
        }
        guard pairs.allSatisfy({ $0.baseline.isFinite && $0.candidate.isFinite }) else {
            throw Incomparable(reason: "A value of it is no finite number; look at the trials' traces.")
        }
        switch band.size {
        case .relative:
            guard pairs.allSatisfy({ $0.baseline > 0 && $0.candidate > 0 }) else {
                throw Incomparable(
                    reason: "A value of it is zero or less, which has no ratio: declare an absolute band for it.")
            }
            values = pairs.map { log($0.candidate / $0.baseline) }
        case .absolute:
            values = pairs.map { $0.candidate - $0.baseline }
        }
        moments = Moments(values)
        baseline = Moments(pairs.map(\.baseline)).mean
        candidate = Moments(pairs.map(\.candidate)).mean
        guard let spread = moments.standardDeviation, spread.isFinite, moments.mean.isFinite, baseline.isFinite,
            candidate.isFinite
        else { throw Incomparable(reason: "Its values are so large that their spread is no finite number.") }
    }

    /// The values with the sign that is positive where the candidate is worse.
    func worsening(_ direction: Metric.Direction) -> [Double] {
        direction == .higherIsWorse ? values : values.map { -$0 }
    }

    /// The one-sided probability of a mean so far above the limit if the true one were the limit: the larger one of Student's
    /// t and random signs, so that it holds if the differences are either normal or symmetric.
    ///
    /// - Parameter limit: On the scale of worsening.
    func probability(
        beyond limit: Double, _ direction: Metric.Direction, using generator: inout some RandomNumberGenerator
    ) -> Double {
        let worse = worsening(direction)
        let bySigns = SignFlipTest(worse, meanAbove: limit, using: &generator).probability
        return max(bySigns, probabilityByStudent(beyond: limit, direction))
    }

    private func probabilityByStudent(beyond limit: Double, _ direction: Metric.Direction) -> Double {
        let mean = direction == .higherIsWorse ? moments.mean : -moments.mean
        guard let deviation = moments.standardDeviation, deviation > 0 else { return mean > limit ? 0 : 1 }
        let t = (mean - limit) / (deviation / Double(moments.count).squareRoot())
        return StudentT(degreesOfFreedom: Double(moments.count - 1)).cumulative(-t)
    }
}
