// A trace has as many durations as it likes; what is kept of them must not grow with it. Up to 65 536 durations are kept
// as they are, so that everything computed from them is exact. Beyond that they are counted in log-linear buckets (see
// `LogLinearCounts`): a duration that is read back is off by less than 1/4096 of itself. Count, total, minimum, maximum, mean,
// variance and the powers of two stay exact.
//
// The variance beyond that comes from Σx and Σx², which cancel in floating point and do not in integers: both are kept
// whole, Σx² modulo 2¹²⁸. The road not taken is Welford's recurrence, which costs a division a duration.
//
// Durations go into the buckets a few hundred at a time: a program has many samples, whose buckets do not fit into the
// nearest cache together, and the processor then waits for many of them at once where it would have to wait for each. So
// taking a duration is putting it down, and comparing a number.

/// Durations in nanoseconds, in bounded memory: exact while there are at most ``exactMaximum``, in buckets beyond that.
///
/// Every `Int64` is a duration: a negative one is a finding that must not be lost.
public struct DurationSample: Sendable {
    /// How many durations are kept as they are.
    public static let exactMaximum = 65_536
    /// How many durations wait to be put into buckets, at most.
    private static let waitingMaximum = 255

    /// All durations while the sample is exact; beyond that those that are in no bucket yet.
    @usableFromInline private(set) var values: ContiguousArray<Int64> = []
    /// How many of them there may be.
    @usableFromInline private(set) var valuesMaximum = exactMaximum
    /// How many of them were sorted last; they ascend if nothing was added since.
    private var sortedCount = 0
    /// Whether no duration was put into a bucket yet.
    public private(set) var isExact = true
    /// Of the durations in buckets.
    private(set) var bucketed = Sums()
    private(set) var positive = LogLinearCounts()
    /// By their magnitudes.
    private(set) var negative = LogLinearCounts()

    /// What is known exactly of durations that are not kept.
    struct Sums: Sendable {
        var count = 0
        var total: Int128 = 0
        /// Σx² modulo 2¹²⁸.
        var squares: UInt128 = 0
        var smallest = Int64.max
        var largest = Int64.min

        mutating func add(_ durations: UnsafeBufferPointer<Int64>) {
            var sums = self
            sums.count &+= durations.count
            for nanoseconds in durations {
                sums.total &+= Int128(nanoseconds)
                let (high, low) = nanoseconds.multipliedFullWidth(by: nanoseconds)
                sums.squares &+= UInt128(UInt64(bitPattern: high)) << 64 | UInt128(low)
                sums.smallest = min(sums.smallest, nanoseconds)
                sums.largest = max(sums.largest, nanoseconds)
            }
            self = sums
        }

        mutating func merge(_ other: Sums) {
            count += other.count
            total += other.total
            squares &+= other.squares
            smallest = min(smallest, other.smallest)
            largest = max(largest, other.largest)
        }
    }

    public init() {}

    /// The sample of all the durations, settled.
    public init(_ durations: some Sequence<Int64>) {
        for duration in durations { add(duration) }
        settle()
    }

    /// How many durations there are.
    public var count: Int { bucketed.count + values.count }
    public var isEmpty: Bool { count == 0 }

    /// Whether what is kept ascends, or nothing waits to be put into a bucket.
    var isSettled: Bool { isExact ? sortedCount == values.count : values.isEmpty }

    /// Takes one more duration.
    @inlinable
    public mutating func add(_ nanoseconds: Int64) {
        values.append(nanoseconds)
        if values.count > valuesMaximum { putIntoBuckets() }
    }

    /// Takes many durations at once, which costs a fraction of taking them one by one.
    public mutating func add(contentsOf durations: UnsafeBufferPointer<Int64>) {
        if isExact && values.count + durations.count <= Self.exactMaximum {
            values.append(contentsOf: durations)
        } else {
            putIntoBuckets()
            putIntoBuckets(durations)
        }
    }

    /// Takes all durations of another sample; the sample is then what it would be had they been added one by one.
    public mutating func merge(_ other: DurationSample) {
        if isExact && other.isExact && count + other.count <= Self.exactMaximum {
            values += other.values
            if values.count == other.count { sortedCount = other.sortedCount }
            return
        }
        putIntoBuckets()
        for value in other.values { add(value) }
        bucketed.merge(other.bucketed)
        positive.merge(other.positive)
        negative.merge(other.negative)
    }

    /// Sorts what is kept and puts into buckets what waits for it, once, for all questions to come; each question that needs
    /// it would do so with a copy otherwise.
    public mutating func settle() {
        if isSettled { return }
        if isExact {
            values.sort()
            sortedCount = values.count
        } else {
            putIntoBuckets()
        }
    }

    /// Leaves the exact regime, or goes on beyond it.
    @usableFromInline @inline(never)
    mutating func putIntoBuckets() {
        // Out of the way while they are read: a second owner of the array would make the next change copy it.
        var waiting: ContiguousArray<Int64> = []
        swap(&values, &waiting)
        waiting.withUnsafeBufferPointer { putIntoBuckets($0) }
        swap(&values, &waiting)
        if isExact {
            isExact = false
            valuesMaximum = Self.waitingMaximum
            values = []
            values.reserveCapacity(valuesMaximum + 1)
        } else {
            values.removeAll(keepingCapacity: true)
        }
    }

    private mutating func putIntoBuckets(_ durations: UnsafeBufferPointer<Int64>) {
        bucketed.add(durations)
        positive.add(durations) { duration in duration < 0 ? negative.add(duration.magnitude) : () }
    }
}
