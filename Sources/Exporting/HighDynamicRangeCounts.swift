// The histogram of Gil Tene's HdrHistogram (https://github.com/HdrHistogram/HdrHistogram), in its encoding version 2, with
// three significant digits and a lowest value of 1: numbers below 2048 have a bucket each, and each octave above is cut into
// 1024. The statistics of this project use twice as many (`LogLinearCounts`); these are the buckets that other readers know.

/// How many durations lie in each bucket of an HdrHistogram with three significant digits.
struct HighDynamicRangeCounts: Sendable, Equatable {
    static let significantDigits = 3
    /// 2¹¹, the power of two above 2 · 10³.
    static let subBucketCount = 2048
    private static let halfCount = 1024
    /// One hour in nanoseconds: what HdrHistogram's own latency examples track.
    static let highestUsually: Int64 = 3_600_000_000_000

    /// By index, up to the highest that is not zero.
    private(set) var counts: [Int64] = []
    private(set) var total: Int64 = 0
    private(set) var minimum = Int64.max
    private(set) var maximum: Int64 = 0

    init() {}

    /// Counts a duration.
    ///
    /// - Parameter nanoseconds: Zero or more.
    mutating func add(_ nanoseconds: Int64) {
        precondition(nanoseconds >= 0, "a duration of \(nanoseconds) ns has no bucket")
        let index = Self.index(of: nanoseconds)
        if index >= counts.count { counts += [Int64](repeating: 0, count: index + 1 - counts.count) }
        counts[index] += 1
        total += 1
        minimum = min(minimum, nanoseconds)
        maximum = max(maximum, nanoseconds)
    }

    static func index(of value: Int64) -> Int {
        let bucket = 53 - (UInt64(value) | UInt64(subBucketCount - 1)).leadingZeroBitCount
        return bucket * halfCount + Int(value >> Int64(bucket))
    }

    /// The smallest number in the bucket.
    static func lowest(ofIndex index: Int) -> Int64 {
        guard index >= subBucketCount else { return Int64(index) }
        let bucket = index / halfCount - 1
        return Int64(index - bucket * halfCount) << Int64(bucket)
    }

    /// The width of the bucket.
    private static func width(ofIndex index: Int) -> Int64 {
        index < subBucketCount ? 1 : 1 << Int64(index / halfCount - 1)
    }

    /// The largest number in the bucket.
    static func highest(ofIndex index: Int) -> Int64 { lowest(ofIndex: index) + (width(ofIndex: index) - 1) }

    /// What HdrHistogram takes for all numbers of the bucket when it computes a mean.
    static func middle(ofIndex index: Int) -> Int64 { lowest(ofIndex: index) + (width(ofIndex: index) >> 1) }

    /// The mean as other readers compute it, from the middles of the buckets; 0 without durations.
    var mean: Double {
        guard total > 0 else { return 0 }
        var sum = 0.0
        for (index, count) in counts.enumerated() where count > 0 {
            sum += Double(count) * Double(Self.middle(ofIndex: index))
        }
        return sum / Double(total)
    }

    /// The standard deviation as other readers compute it, with n in the denominator; 0 without durations.
    var standardDeviation: Double {
        guard total > 0 else { return 0 }
        let mean = mean
        var sum = 0.0
        for (index, count) in counts.enumerated() where count > 0 {
            let deviation = Double(Self.middle(ofIndex: index)) - mean
            sum += deviation * deviation * Double(count)
        }
        return (sum / Double(total)).squareRoot()
    }

    /// The largest number in the bucket of the largest duration.
    var maximumEquivalent: Int64 { total == 0 ? 0 : Self.highest(ofIndex: Self.index(of: maximum)) }
}
