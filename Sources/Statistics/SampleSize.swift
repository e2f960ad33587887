// How many values a percentile needs before it may be printed. The rule of MLPerf's load generator (Reddi et al. 2020,
// doi:10.1109/ISCA45697.2020.00045), taken exactly: with 99 % confidence at least two of the values lie beyond the
// percentile, so that it is an estimate and not the largest value under another name.

/// The smallest samples that carry a number.
public enum SampleSize {
    /// The smallest n with P(Binomial(n, 1 − p) ≤ 1) ≤ 1 %, for the shorter tail of p: 11 for p50, 64 for p90, 662
    /// for p99.
    ///
    /// - Parameter percentile: Between 0 and 100, both excluded.
    public static func minimum(forPercentile percentile: Double) -> Int {
        precondition(percentile > 0 && percentile < 100, "percentile \(percentile) outside 0…100")
        // The percentile from its tail, not the tail from 1 − p: 1 − 0.99 is not 0.01 in binary.
        let tail = min(percentile, 100 - percentile) / 100
        var (low, high) = (1, 2)
        while chanceOfAtMostOne(of: high, tail) > 0.01 { (low, high) = (high, high * 2) }
        while low + 1 < high {
            let middle = (low + high) / 2
            if chanceOfAtMostOne(of: middle, tail) > 0.01 { low = middle } else { high = middle }
        }
        return high
    }

    /// P(Binomial(n, q) ≤ 1) = (1 − q)ⁿ + n·q·(1 − q)ⁿ⁻¹, which falls as n grows.
    static func chanceOfAtMostOne(of count: Int, _ chance: Double) -> Double {
        let none = power(1 - chance, count - 1)
        return none * (1 - chance) + Double(count) * chance * none
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        var (result, square, rest) = (1.0, base, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= square }
            square *= square
            rest >>= 1
        }
        return result
    }
}
