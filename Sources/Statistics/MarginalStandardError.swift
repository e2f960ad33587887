// Of all the places where one could begin to count, the one that makes the mean of the rest the most certain: leaving
// out the start-up takes away bias and spread, leaving out more takes away values. White 1997
// (doi:10.1177/003754979706900601) on batches of 5: MSER-5. Mahajan & Ingalls 2004 (Winter Simulation Conference) found
// it the most reliable of those they compared, where the cut lies in the first half; a cut beyond says that the series
// is too short or has no steady part, and is not to be used.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The cut that minimises the marginal standard error of what remains.
public struct MarginalStandardError: Sendable, Equatable {
    /// Below so many batches nothing can be said.
    public static let smallestBatchCount = 10

    /// How many batches to leave out; 0 for none.
    public let cutIndex: Int
    /// Whether the cut lies in the first half.
    public let isTrusted: Bool
    /// √Σ(x − x̄)²/m over the m batches that remain: the standard error of their mean, were they independent; in the
    /// unit of the means.
    public let standardError: Double

    /// Nil below 10 batches. Of equally good cuts the first; at least 5 batches remain. O(n), from the end, without the
    /// cancellation of squared sums.
    ///
    /// - Parameter means: Of equally large batches in their order; finite.
    public init?(of means: [Double]) {
        guard means.count >= Self.smallestBatchCount else { return nil }
        var rest = Moments()
        var best = (cut: 0, squaredError: Double.infinity)
        for index in means.indices.reversed() {
            rest.add(means[index])
            guard rest.count >= 5 else { continue }
            let squaredError = rest.squaredDeviations / (Double(rest.count) * Double(rest.count))
            if squaredError <= best.squaredError { best = (index, squaredError) }
        }
        cutIndex = best.cut
        isTrusted = 2 * best.cut <= means.count
        standardError = best.squaredError.squareRoot()
    }
}
