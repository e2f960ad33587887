// What a sample says. While it is exact, each figure is the one that the durations themselves give; from buckets, an order
// statistic is its bucket's own share of the way through: of c durations in a bucket of width w, the j-th is taken to lie at
// (2j − 1)/2c of w − 1. It stays in its bucket, so that it is off by less than 1/4096 of itself, and below 8192 ns not at all.

extension DurationSample {
    /// The mean; nil where there are no durations.
    public var mean: Double? { isEmpty ? nil : Double(total) / Double(count) }

    /// With n − 1 in the denominator, nil below two durations.
    public var variance: Double? { count < 2 ? nil : squaredDeviations / Double(count - 1) }

    /// The square root of the variance; nil below two durations.
    public var standardDeviation: Double? { variance?.squareRoot() }

    /// The quantile by the project's definition, ``Quantile``; of at least one duration.
    ///
    /// - Parameter quantile: 0…1; 0.99 is p99.
    /// - Returns: Exact while the sample is; otherwise interpolated between order statistics that are each off by less than
    ///   1/4096 of themselves.
    public func quantile(_ quantile: Double) -> Double {
        if isExact { return Quantile.value(ofSorted: sortedValues, at: quantile) }
        return Quantile.value(ofCount: count, at: quantile, orderStatistic: bucketedOrderStatistic)
    }

    /// The duration of a rank.
    ///
    /// - Parameter rank: From 1, the smallest, to ``count``.
    public func orderStatistic(_ rank: Int) -> Double {
        precondition(rank >= 1 && rank <= count, "rank \(rank) of \(count) durations")
        return isExact ? Double(sortedValues[rank - 1]) : bucketedOrderStatistic(rank)
    }

    /// Count, mean and squared deviations.
    public var moments: Moments {
        Moments(count: count, mean: mean ?? 0, squaredDeviations: count < 2 ? 0 : squaredDeviations)
    }

    /// How many durations are at most so long. From buckets it is the exact answer for a limit that differs from the one
    /// given by less than 1/4096 of it.
    public func countAtMost(_ limit: Double) -> Int {
        if isExact {
            let sorted = sortedValues
            return sorted.partitioningIndex { Double($0) > limit }
        }
        guard Double(largest) > limit else { return count }
        var below = 0
        forEachBucket { lower, upper, bucketCount in
            if Double(upper) <= limit {
                below += bucketCount
            } else if Double(lower) <= limit {
                let share = (limit - Double(lower)) / (Double(upper) - Double(lower))
                below += Int((share * Double(bucketCount)).rounded(.down))
            }
        }
        return below
    }

    /// The durations, ascending, each with how often it is there; from buckets the middle of each bucket, off by less than
    /// 1/8192 of itself.
    public var ascending: [DurationCount] {
        var pairs: [DurationCount] = []
        if isExact {
            for value in sortedValues {
                if pairs.last?.nanoseconds == value {
                    pairs[pairs.count - 1].count += 1
                } else {
                    pairs.append(DurationCount(nanoseconds: value, count: 1))
                }
            }
        } else {
            forEachBucket { lower, upper, bucketCount in
                pairs.append(DurationCount(nanoseconds: lower + (upper - lower) / 2, count: bucketCount))
            }
        }
        return pairs
    }

    /// Σ(x − x̄)²: Welford's while the durations are kept, and from the exact sums beyond that. With the whole number m below
    /// the mean and r = Σx − n·m it is Σx² − m·(Σx + r) less r²/n. The first part is a whole number that is exact modulo 2¹²⁸,
    /// and therefore exact but for durations that differ by years, which are taken as they are read back.
    private var squaredDeviations: Double {
        if isExact { return Moments(sortedValues.lazy.map { Double($0) }).squaredDeviations }
        let spread = Double(largest) - Double(smallest)
        guard spread * spread * Double(count) < 0x1p127 else {
            let center = Double(total) / Double(count)
            return ascending.reduce(0) { sum, pair in
                let deviation = Double(pair.nanoseconds) - center
                return sum + deviation * deviation * Double(pair.count)
            }
        }
        let divisor = Int128(count)
        let whole = (total - (total < 0 ? divisor - 1 : 0)) / divisor
        let rest = total - whole * divisor
        let aroundWhole = squares &- UInt128(truncatingIfNeeded: whole &* (total &+ rest))
        return Double(aroundWhole) - Double(rest) * Double(rest) / Double(count)
    }

    /// The kept durations, ascending.
    var sortedValues: ContiguousArray<Int64> {
        if isSorted { return values }
        var sorted = self
        sorted.sort()
        return sorted.values
    }

    /// Calls the body for every bucket that is not empty, ascending, with the smallest and the largest duration that it can
    /// hold in this sample.
    func forEachBucket(_ body: (_ lower: Int64, _ upper: Int64, _ count: Int) -> Void) {
        if isExact { return }
        let range = smallest...largest
        negative.forEachDescending { magnitudes, bucketCount in
            let lower = Int64(clamping: -Int128(magnitudes.upperBound))
            let upper = Int64(clamping: -Int128(magnitudes.lowerBound))
            body(max(lower, range.lowerBound), min(upper, range.upperBound), bucketCount)
        }
        positive.forEach { magnitudes, bucketCount in
            let lower = Int64(clamping: magnitudes.lowerBound)
            let upper = Int64(clamping: magnitudes.upperBound)
            body(max(lower, range.lowerBound), min(upper, range.upperBound), bucketCount)
        }
    }

    /// The duration of this rank, from 1.
    private func bucketedOrderStatistic(_ rank: Int) -> Double {
        if rank <= 1 { return Double(smallest) }
        if rank >= count { return Double(largest) }
        var before = 0
        var found = Double(largest)
        forEachBucket { lower, upper, bucketCount in
            if before < rank && rank <= before + bucketCount {
                let share = Double(2 * (rank - before) - 1) / Double(2 * bucketCount)
                found = Double(lower) + share * (Double(upper) - Double(lower))
            }
            before += bucketCount
        }
        return found
    }
}

extension DurationSample: Equatable {
    /// Whether both hold the same durations, as far as they are told apart, in whatever order they came.
    public static func == (left: DurationSample, right: DurationSample) -> Bool {
        left.count == right.count && left.isExact == right.isExact && left.total == right.total
            && left.squares == right.squares && left.minimum == right.minimum && left.maximum == right.maximum
            && left.ascending == right.ascending
    }
}

/// A duration and how often it is there.
public struct DurationCount: Sendable, Equatable {
    public var nanoseconds: Int64
    public var count: Int

    public init(nanoseconds: Int64, count: Int) {
        self.nanoseconds = nanoseconds
        self.count = count
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first index whose element is beyond, in a collection whose elements before it are not.
    fileprivate func partitioningIndex(_ isBeyond: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
