/// The plain summary of a set of durations in nanoseconds; percentiles only where the number of durations carries them.
public struct DurationSummary: Sendable, Equatable, Codable {
    /// At least 1.
    public var count: Int
    public var total: Double
    public var mean: Double
    /// With n − 1 in the denominator; nil for a single duration.
    public var standardDeviation: Double?
    public var minimum: Int64
    /// Nil where there are too few durations: see `SampleSize.minimum(forPercentile:)`.
    public var p50: Double?
    public var p90: Double?
    public var p99: Double?
    public var maximum: Int64

    public init(
        count: Int, total: Double, mean: Double, standardDeviation: Double?, minimum: Int64, p50: Double?, p90: Double?,
        p99: Double?, maximum: Int64
    ) {
        self.count = count
        self.total = total
        self.mean = mean
        self.standardDeviation = standardDeviation
        self.minimum = minimum
        self.p50 = p50
        self.p90 = p90
        self.p99 = p99
        self.maximum = maximum
    }
}
