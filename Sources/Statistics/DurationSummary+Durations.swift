extension DurationSummary {
    /// The summary of a sample; nil where it is empty. p50, p90 and p99 stand only where
    /// ``SampleSize/minimum(forPercentile:)`` allows.
    public init?(_ sample: DurationSample) {
        guard let minimum = sample.minimum, let maximum = sample.maximum, let mean = sample.mean else { return nil }
        var sorted = sample
        sorted.settle()
        func percentile(_ percentile: Double) -> Double? {
            guard sorted.count >= SampleSize.minimum(forPercentile: percentile) else { return nil }
            return sorted.quantile(percentile / 100)
        }
        self.init(
            count: sorted.count, total: Double(sorted.total), mean: mean, standardDeviation: sorted.standardDeviation,
            minimum: minimum, p50: percentile(50), p90: percentile(90), p99: percentile(99), maximum: maximum)
    }

    /// The summary of durations in nanoseconds, in any order; negative ones count as they are. Nil where there are none.
    public init?(durations: some Sequence<Int64>) { self.init(DurationSample(durations)) }
}
