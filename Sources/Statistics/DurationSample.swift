// A trace has as many durations as it likes; what is kept of them must not grow with it. Up to 65 536 durations are kept
// as they are, so that everything computed from them is exact. Beyond that they are counted in log-linear buckets (see
// `LogLinearCounts`): a duration that is read back lies in its own bucket, off by less than 1/4096 of itself. Count, total,
// minimum, maximum, mean, variance and the powers of two stay exact.
//
// The variance beyond that comes from Σx and Σx², which cancel in floating point and do not in integers: both are kept
// whole, Σx² modulo 2¹²⁸. The road not taken is Welford's recurrence, which costs a division a duration.

/// Durations in nanoseconds, in bounded memory: exact while there are at most ``exactMaximum``, in buckets beyond that.
///
/// Every `Int64` is a duration: a negative one is a finding that must not be lost.
public struct DurationSample: Sendable {
    /// How many durations are kept as they are.
    public static let exactMaximum = 65_536

    /// How many durations there are.
    public private(set) var count = 0
    /// Their sum, exact.
    public private(set) var total: Int128 = 0
    /// Σx² modulo 2¹²⁸.
    private(set) var squares: UInt128 = 0
    /// The largest number there is while there are no durations.
    private(set) var smallest = Int64.max
    private(set) var largest = Int64.min

    /// All durations while the sample is exact, else empty.
    private(set) var values: ContiguousArray<Int64> = []
    /// Whether `values` ascend.
    private(set) var isSorted = true
    /// Whether no duration was put into a bucket yet.
    public private(set) var isExact = true
    private(set) var positive = LogLinearCounts()
    /// By their magnitudes.
    private(set) var negative = LogLinearCounts()

    public init() {}

    /// The sample of all the durations, sorted.
    public init(_ durations: some Sequence<Int64>) {
        for duration in durations { add(duration) }
        sort()
    }

    public var isEmpty: Bool { count == 0 }
    /// The smallest duration, exact; nil where there are none.
    public var minimum: Int64? { isEmpty ? nil : smallest }
    /// The largest duration, exact; nil where there are none.
    public var maximum: Int64? { isEmpty ? nil : largest }

    /// Takes one more duration.
    public mutating func add(_ nanoseconds: Int64) {
        count &+= 1
        total &+= Int128(nanoseconds)
        squares &+= Self.square(nanoseconds)
        smallest = min(smallest, nanoseconds)
        largest = max(largest, nanoseconds)
        if isExact {
            keep(nanoseconds)
        } else {
            putIntoBucket(nanoseconds)
        }
    }

    /// Takes all durations of another sample; the sample is then what it would be had they been added one by one.
    public mutating func merge(_ other: DurationSample) {
        guard !other.isEmpty else { return }
        count += other.count
        total += other.total
        squares &+= other.squares
        smallest = min(smallest, other.smallest)
        largest = max(largest, other.largest)
        if isExact && other.isExact && count <= Self.exactMaximum {
            isSorted = values.isEmpty && other.isSorted
            values += other.values
            return
        }
        if isExact { fold() }
        for value in other.values { putIntoBucket(value) }
        positive.merge(other.positive)
        negative.merge(other.negative)
    }

    /// Puts kept durations in order, once, for all questions to come; each question that needs their order sorts a copy
    /// otherwise.
    public mutating func sort() {
        if isSorted { return }
        values.sort()
        isSorted = true
    }

    private mutating func keep(_ nanoseconds: Int64) {
        values.append(nanoseconds)
        isSorted = false
        if values.count > Self.exactMaximum { fold() }
    }

    /// Leaves the exact regime.
    private mutating func fold() {
        isExact = false
        let kept = values
        values = []
        isSorted = true
        for value in kept { putIntoBucket(value) }
    }

    private mutating func putIntoBucket(_ nanoseconds: Int64) {
        if nanoseconds >= 0 {
            positive.add(UInt64(truncatingIfNeeded: nanoseconds))
        } else {
            negative.add(nanoseconds.magnitude)
        }
    }

    private static func square(_ nanoseconds: Int64) -> UInt128 {
        let magnitude = nanoseconds.magnitude
        let (high, low) = magnitude.multipliedFullWidth(by: magnitude)
        return UInt128(high) << 64 | UInt128(low)
    }
}
