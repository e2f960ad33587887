#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The standard normal distribution, for statistics that are normal only in the limit.
///
/// For a mean of few values use ``StudentT``.
public enum StandardNormal {
    /// P(Z ≥ z) = ½ erfc(z/√2), to 15 digits also far out in the tail.
    public static func upperTail(_ z: Double) -> Double { 0.5 * erfc(z / 2.0.squareRoot()) }

    /// P(|Z| ≥ |z|).
    public static func twoSidedProbability(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

    /// The z with P(Z ≤ z) = probability.
    ///
    /// - Parameter probability: Between 0 and 1, both excluded.
    public static func quantile(_ probability: Double) -> Double {
        precondition(probability > 0 && probability < 1, "probability \(probability) outside 0…1")
        if probability == 0.5 { return 0 }
        let tail = min(probability, 1 - probability)
        // The tail of 39 is below the smallest double; 100 halvings leave no two doubles between.
        var (low, high) = (0.0, 39.0)
        for _ in 0..<100 {
            let middle = low + (high - low) / 2
            if middle == low || middle == high { break }
            if upperTail(middle) > tail { low = middle } else { high = middle }
        }
        return probability < 0.5 ? -high : high
    }
}
