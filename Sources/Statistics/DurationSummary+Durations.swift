extension DurationSummary {
    /// The summary of durations in nanoseconds; nil where there are none.
    ///
    /// The total is exact before it is rounded to a double, the deviation is Welford's, and p50, p90 and p99 stand only
    /// where ``SampleSize/minimum(forPercentile:)`` allows. O(n log n) for durations that are not sorted yet.
    ///
    /// - Parameter durations: In any order; negative ones count as they are.
    public init?(durations: some Sequence<Int64>) {
        self.init(sortedDurations: durations.sorted())
    }

    /// The same for durations that are ascending already, in O(n).
    public init?(sortedDurations sorted: [Int64]) {
        guard let minimum = sorted.first, let maximum = sorted.last else { return nil }
        var total: Int128 = 0
        var moments = Moments()
        for duration in sorted {
            total += Int128(duration)
            moments.add(Double(duration))
        }
        func percentile(_ percentile: Double) -> Double? {
            guard sorted.count >= SampleSize.minimum(forPercentile: percentile) else { return nil }
            return Quantile.value(ofSorted: sorted, at: percentile / 100)
        }
        self.init(
            count: sorted.count, total: Double(total), mean: Double(total) / Double(sorted.count),
            standardDeviation: moments.standardDeviation, minimum: minimum, p50: percentile(50), p90: percentile(90),
            p99: percentile(99), maximum: maximum)
    }
}
