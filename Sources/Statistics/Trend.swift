// Whether what remains after a cut still moves. Sen's slope (Sen 1968, doi:10.1080/01621459.1968.10480934), the median
// of the slopes between all pairs, is not bent by outliers; the test beside it is Mann's and Kendall's (Mann 1945,
// doi:10.2307/1907187), with ties.
//
// It supposes independent values, too: at φ = 0.8 the plain test calls a third of steady series of 50 moving. So
// batches are joined until the correlation of what remains beside the straight line is below 0.2, as long as 16 remain,
// and what is left of it widens the variance by (1 + r)/(1 − r) (Yue & Wang 2004,
// doi:10.1023/B:WARM.0000043140.61082.60), r at most 0.6: then 16 batches that only rise, and bend, so that each looks
// like the one before, are still significant at 1 %. Residuals of a line understate the correlation by about
// (2 + 4r)/n, which is given back.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A monotone movement of batch means and how likely chance makes one as strong.
public struct Trend: Sendable, Equatable {
    /// Below so many batches nothing can be said.
    public static let smallestBatchCount = 10
    /// So many remain at least where batches are joined.
    static let smallestJoinedCount = 16
    /// More are joined beforehand; the test loses nothing that matters and stays cheap.
    static let largestBatchCount = 128

    /// Sen's slope times the number of batches: how far the level moves from the first to the last, in their unit.
    public let change: Double
    /// The change over the mean of the batches; nil where that is zero.
    public let relativeChange: Double?
    /// The two-sided probability of a movement at least as monotone if there was none, 0…1.
    ///
    /// Measured on steady autoregressions with φ = 0, 0.5, 0.8, 0.9 at a limit of 5 %: 4, 5, 6 and 11 % of series of 50
    /// batches fall below it; of 200 batches, 3 % with 0.5 and 4 % with 0.9.
    public let probability: Double
    /// How many batches were joined to one before the test.
    public let joinedBatches: Int

    /// Nil below 10 batches. O(n).
    ///
    /// - Parameter means: Of equally large batches in their order; finite.
    public init?(of means: some Collection<Double>) {
        guard means.count >= Self.smallestBatchCount else { return nil }
        let all = Array(means)
        var start = 1
        while all.count / start > Self.largestBatchCount { start *= 2 }
        let size = BatchJoining.size(
            for: all, startingAt: start, leaving: Self.smallestJoinedCount, correlation: Self.residualCorrelation)
        let joined = BatchJoining.joined(all, by: size)
        let correlation = min(max(0, Self.residualCorrelation(joined)), 0.6)
        let mean = Moments(all).mean
        let slope = Self.slope(joined) / Double(size)
        change = slope * Double(all.count)
        relativeChange = mean == 0 ? nil : change / mean
        probability = Self.probability(joined, varianceFactor: (1 + correlation) / (1 - correlation))
        joinedBatches = size
    }

    /// The median of the slopes between all pairs, for each step.
    static func slope(_ values: [Double]) -> Double {
        var slopes: [Double] = []
        slopes.reserveCapacity(values.count * (values.count - 1) / 2)
        for later in values.indices {
            for earlier in 0..<later { slopes.append((values[later] - values[earlier]) / Double(later - earlier)) }
        }
        slopes.sort()
        let middle = slopes.count / 2
        return slopes.count % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2
    }

    /// Mann's and Kendall's two-sided probability, normal with a correction for continuity.
    static func probability(_ values: [Double], varianceFactor: Double) -> Double {
        var score = 0
        for later in values.indices {
            for earlier in 0..<later {
                score += values[later] > values[earlier] ? 1 : values[later] < values[earlier] ? -1 : 0
            }
        }
        func term(_ count: Int) -> Double { Double(count) * Double(count - 1) * Double(2 * count + 5) }
        var (variance, tied) = (term(values.count), 1)
        let sorted = values.sorted()
        for index in sorted.indices {
            if index + 1 < sorted.count, sorted[index + 1] == sorted[index] {
                tied += 1
            } else {
                variance -= term(tied)
                tied = 1
            }
        }
        guard variance > 0 else { return 1 }
        let distance = max(0, Double(abs(score) - 1))
        return StandardNormal.twoSidedProbability(distance / (variance / 18 * varianceFactor).squareRoot())
    }

    /// The lag-1 correlation of what the least-squares line leaves, with its bias given back; 0 where it leaves nothing.
    static func residualCorrelation(_ values: [Double]) -> Double {
        let count = Double(values.count)
        let (mean, center) = (Moments(values).mean, (count - 1) / 2)
        var (covariance, spread) = (0.0, 0.0)
        for (index, value) in values.enumerated() {
            covariance += (Double(index) - center) * (value - mean)
            spread += (Double(index) - center) * (Double(index) - center)
        }
        let slope = covariance / spread
        let residuals = values.enumerated().map { $1 - mean - slope * (Double($0) - center) }
        let squares = residuals.reduce(0) { $0 + $1 * $1 }
        guard squares > 0 else { return 0 }
        let products = zip(residuals, residuals.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
        let correlation = products / squares
        return correlation + (2 + 4 * correlation) / count
    }
}
