/// Durations by powers of two, as DTrace's `quantize` counts them: [1, 2), [2, 4), [4, 8) … ns.
///
/// Zero has a bucket of its own, [0, 1), and so have the negative durations, [smallest there is, 0): a span that ends
/// before it begins is a finding, and must not vanish from the counts.
public struct PowerOfTwoHistogram: Sendable, Equatable {
    /// Negative, zero, then 2⁰ … 2⁶².
    private var counts = ContiguousArray(repeating: 0, count: 65)

    public init() {}

    /// The histogram of all the durations, in nanoseconds.
    public init(_ durations: some Sequence<Int64>) {
        for duration in durations { add(duration) }
    }

    /// The histogram of a sample: exact in any case, since no bucket of a sample lies in two of these.
    public init(_ sample: DurationSample) {
        for duration in sample.ascending { counts[Self.index(of: duration.nanoseconds)] += duration.count }
    }

    public mutating func add(_ nanoseconds: Int64) { counts[Self.index(of: nanoseconds)] += 1 }

    private static func index(of nanoseconds: Int64) -> Int {
        nanoseconds <= 0 ? (nanoseconds < 0 ? 0 : 1) : 65 - nanoseconds.leadingZeroBitCount
    }

    public mutating func merge(_ other: PowerOfTwoHistogram) {
        for index in counts.indices { counts[index] += other.counts[index] }
    }

    /// How many durations there are.
    public var count: Int { counts.reduce(0, +) }

    /// Every bucket from the first to the last that is not empty, ascending; the counts add up to ``count``.
    ///
    /// The last possible bucket ends at the largest number there is, which it includes.
    public var buckets: [HistogramBucket] {
        guard let first = counts.firstIndex(where: { $0 > 0 }), let last = counts.lastIndex(where: { $0 > 0 }) else {
            return []
        }
        return (first...last).map { index in
            HistogramBucket(
                lowerBoundNanoseconds: Self.lowerBound(index), upperBoundNanoseconds: Self.lowerBound(index + 1),
                count: counts[index])
        }
    }

    private static func lowerBound(_ index: Int) -> Int64 {
        switch index {
        case 0: .min
        case 1: 0
        case 65: .max
        default: 1 << Int64(index - 2)
        }
    }
}
