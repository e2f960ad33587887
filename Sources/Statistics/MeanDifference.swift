/// How far the means of two independent sets of values are apart, whatever the variance of each.
///
/// Welch 1947, doi:10.1093/biomet/34.1-2.28, with the degrees of freedom of Satterthwaite 1946, doi:10.2307/3002019.
/// Values that belong together in pairs say more in a ``PairedComparison``.
public struct MeanDifference: Sendable, Equatable {
    /// The first mean less the second.
    public let difference: Double
    /// Of the difference, at the confidence asked for.
    public let interval: Interval

    /// - Parameters:
    ///   - first: Moments of finite values.
    ///   - second: Likewise.
    ///   - confidence: Between 0 and 1, both excluded.
    /// - Returns: Nil if either has fewer than two values.
    public init?(of first: Moments, and second: Moments, confidence: Double) {
        precondition(confidence > 0 && confidence < 1, "confidence \(confidence) outside 0…1")
        guard let firstVariance = first.variance, let secondVariance = second.variance else { return nil }
        difference = first.mean - second.mean
        let firstShare = firstVariance / Double(first.count)
        let secondShare = secondVariance / Double(second.count)
        let squaredError = firstShare + secondShare
        guard squaredError > 0 else {
            // All values of each are alike: nothing is uncertain.
            interval = Interval(lowerBound: difference, upperBound: difference)
            return
        }
        // In shares of the sum, which neither overflow nor vanish.
        let weights = (firstShare / squaredError, secondShare / squaredError)
        let degreesOfFreedom =
            1 / (weights.0 * weights.0 / Double(first.count - 1) + weights.1 * weights.1 / Double(second.count - 1))
        let quantile = StudentT(degreesOfFreedom: degreesOfFreedom).quantile(0.5 + confidence / 2)
        let halfWidth = quantile * squaredError.squareRoot()
        interval = Interval(lowerBound: difference - halfWidth, upperBound: difference + halfWidth)
    }

    /// Whether the means may well be the same.
    public var holdsZero: Bool { interval.lowerBound <= 0 && interval.upperBound >= 0 }
}
