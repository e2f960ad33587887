// Hyndman & Fan (1996, doi:10.2307/2684934) list nine definitions in use; this project has one, their type 8, which
// they recommend: the estimate is approximately median-unbiased whatever the distribution. Type 7, the default of R and
// NumPy, lies too low in the upper tail of a small sample, which is where latency matters. In NumPy this definition is
// `method="median_unbiased"`.

/// The one definition of a quantile.
public enum Quantile {
    /// The quantile of sorted durations, interpolated between the two order statistics around (n + 1/3)·q + 1/3.
    ///
    /// - Parameters:
    ///   - sorted: Ascending, at least one.
    ///   - quantile: 0…1; 0.99 is p99.
    /// - Returns: A value between the smallest and the largest duration. Whether the sample is large enough to mean
    ///   anything is another question: see ``SampleSize``.
    public static func value(ofSorted sorted: some RandomAccessCollection<Int64>, at quantile: Double) -> Double {
        value(ofCount: sorted.count, at: quantile) { rank in
            Double(sorted[sorted.index(sorted.startIndex, offsetBy: rank - 1)])
        }
    }

    /// The same of values of which it is known which is the k-th.
    ///
    /// - Parameters:
    ///   - count: How many values there are, at least one.
    ///   - orderStatistic: The value of a rank from 1, the smallest, to `count`.
    static func value(ofCount count: Int, at quantile: Double, orderStatistic: (Int) -> Double) -> Double {
        precondition(count > 0, "a quantile of no durations")
        precondition((0...1).contains(quantile), "quantile \(quantile) outside 0…1")
        let rank = (Double(count) + 1.0 / 3.0) * quantile + 1.0 / 3.0
        let below = min(max(Int(rank.rounded(.down)), 1), count)
        let above = min(below + 1, count)
        let share = min(max(rank - Double(below), 0), 1)
        let lower = orderStatistic(below)
        let upper = orderStatistic(above)
        return lower + share * (upper - lower)
    }
}
