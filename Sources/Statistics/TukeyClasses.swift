// Tukey 1977, Exploratory Data Analysis, section 2D: values beyond 1.5 interquartile ranges from the quartiles are
// outside, those beyond 3 far out. Latencies are skewed, so some of them are always outside: the classes describe, they
// do not excuse. Nothing is ever dropped for its class, and the counts add up to the number of values.

/// How many values lie far from the bulk, by Tukey's fences.
public struct TukeyClasses: Sendable, Equatable {
    /// Below the lower quartile by more than 3 interquartile ranges.
    public let severeLow: Int
    /// Below it by more than 1.5, but at most 3.
    public let mildLow: Int
    /// Between the inner fences, both included.
    public let inside: Int
    /// Above the upper quartile by more than 1.5 interquartile ranges, but at most 3.
    public let mildHigh: Int
    /// Above it by more than 3.
    public let severeHigh: Int
    /// 1.5 interquartile ranges beyond the quartiles.
    public let innerFences: Interval
    /// 3 interquartile ranges beyond the quartiles.
    public let outerFences: Interval

    /// Nil where there are no values. O(log n), the quartiles by ``Quantile``.
    ///
    /// - Parameter sorted: Ascending, in any unit.
    public init?(ofSorted sorted: some RandomAccessCollection<Int64>) {
        guard !sorted.isEmpty else { return nil }
        self.init(
            lowerQuartile: Quantile.value(ofSorted: sorted, at: 0.25),
            upperQuartile: Quantile.value(ofSorted: sorted, at: 0.75), count: sorted.count
        ) { limit in
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                let value = Double(sorted[sorted.index(sorted.startIndex, offsetBy: middle)])
                if value <= limit { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    /// The same where the values are known by their counts alone, as in a histogram.
    ///
    /// - Parameters:
    ///   - lowerQuartile: Finite.
    ///   - upperQuartile: Finite, at least the lower one.
    ///   - count: How many values there are; 0 or more.
    ///   - countAtMost: How many of them are at most a limit: 0 to `count`, and never fewer for a larger limit. It is
    ///     called four times; the fences are as sharp as it is.
    public init(lowerQuartile: Double, upperQuartile: Double, count: Int, countAtMost: (Double) -> Int) {
        precondition(lowerQuartile <= upperQuartile, "quartiles \(lowerQuartile) and \(upperQuartile) not ascending")
        precondition(count >= 0, "count \(count) below 0")
        let range = upperQuartile - lowerQuartile
        innerFences = Interval(lowerBound: lowerQuartile - 1.5 * range, upperBound: upperQuartile + 1.5 * range)
        outerFences = Interval(lowerBound: lowerQuartile - 3 * range, upperBound: upperQuartile + 3 * range)
        // A value at a fence is still on its inner side, so below a fence means at most the number before it.
        severeLow = countAtMost(outerFences.lowerBound.nextDown)
        mildLow = countAtMost(innerFences.lowerBound.nextDown) - severeLow
        let notHigh = countAtMost(innerFences.upperBound)
        let notSevere = countAtMost(outerFences.upperBound)
        inside = notHigh - mildLow - severeLow
        mildHigh = notSevere - notHigh
        severeHigh = count - notSevere
    }
}
