// What a sample says. While it is exact, each figure is the one that the durations themselves give. From buckets, a duration
// is read back as the middle of its bucket, off by less than 1/4096 of itself, and below 4096 ns not at all.

extension DurationSample {
    /// The sum of all durations, exact.
    public var total: Int128 { values.reduce(bucketed.total) { $0 + Int128($1) } }

    /// The smallest duration, exact; nil where there are none.
    public var minimum: Int64? { isEmpty ? nil : min(values.min() ?? .max, bucketed.smallest) }

    /// The largest duration, exact; nil where there are none.
    public var maximum: Int64? { isEmpty ? nil : max(values.max() ?? .min, bucketed.largest) }

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
        let sample = settled
        if isExact { return Quantile.value(ofSorted: sample.values, at: quantile) }
        return Quantile.value(ofCount: count, at: quantile, orderStatistic: sample.bucketedOrderStatistic)
    }

    /// The duration of a rank.
    ///
    /// - Parameter rank: From 1, the smallest, to ``count``.
    public func orderStatistic(_ rank: Int) -> Double {
        precondition(rank >= 1 && rank <= count, "rank \(rank) of \(count) durations")
        let sample = settled
        return isExact ? Double(sample.values[rank - 1]) : sample.bucketedOrderStatistic(rank)
    }

    /// Count, mean and squared deviations.
    public var moments: Moments {
        Moments(count: count, mean: mean ?? 0, squaredDeviations: count < 2 ? 0 : squaredDeviations)
    }

    /// How many durations are at most so long. From buckets, those that differ from the limit by less than 1/4096 of
    /// themselves may be taken for longer or shorter than it.
    public func countAtMost(_ limit: Double) -> Int {
        let sample = settled
        if isExact { return sample.values.partitioningIndex { Double($0) > limit } }
        // The middles of the buckets ascend with the buckets, and lie in them.
        let below = sample.positive.total { Double(middle(Int64($0.lowerBound), Int64($0.upperBound))) <= limit }
        if sample.negative.isEmpty { return below }
        return below + sample.negative.total - sample.negative.total { Double(middle(ofNegative: $0)) > limit }
    }

    /// The durations, ascending, each with how often it is there; from buckets off by less than 1/4096
    /// of itself.
    public var ascending: [DurationCount] {
        var pairs: [DurationCount] = []
        if isExact {
            for value in settled.values {
                if pairs.last?.nanoseconds == value {
                    pairs[pairs.count - 1].count += 1
                } else {
                    pairs.append(DurationCount(nanoseconds: value, count: 1))
                }
            }
        } else {
            settled.forEachBucket { pairs.append(DurationCount(nanoseconds: $0, count: $1)) }
        }
        return pairs
    }

    /// Σ(x − x̄)²: Welford's while the durations are kept, and from the exact sums beyond that. With the whole number m below
    /// the mean and r = Σx − n·m it is Σx² − m·(Σx + r) less r²/n. The first part is a whole number that is exact modulo 2¹²⁸,
    /// and therefore exact but for durations that differ by years, which are taken as they are read back.
    private var squaredDeviations: Double {
        if isExact { return Moments(settled.values.lazy.map { Double($0) }).squaredDeviations }
        let sums = settled.bucketed
        let spread = Double(sums.largest) - Double(sums.smallest)
        guard spread * spread * Double(sums.count) < 0x1p127 else {
            let center = Double(sums.total) / Double(sums.count)
            return ascending.reduce(0) { sum, pair in
                let deviation = Double(pair.nanoseconds) - center
                return sum + deviation * deviation * Double(pair.count)
            }
        }
        let divisor = Int128(sums.count)
        let whole = (sums.total - (sums.total < 0 ? divisor - 1 : 0)) / divisor
        let rest = sums.total - whole * divisor
        let aroundWhole = sums.squares &- UInt128(truncatingIfNeeded: whole &* (sums.total &+ rest))
        return Double(aroundWhole) - Double(rest) * Double(rest) / Double(count)
    }

    /// The sample, or a copy, with what is kept in order and nothing that waits to be put into a bucket.
    private var settled: DurationSample {
        if isSettled { return self }
        var copy = self
        copy.settle()
        return copy
    }

    /// Calls the body for every bucket that is not empty, ascending, with the duration in its middle, or in the middle of
    /// what can be in it by the smallest and the largest there are; for a settled sample.
    func forEachBucket(_ body: (_ nanoseconds: Int64, _ count: Int) -> Void) {
        if isExact { return }
        negative.forEachDescending { body(middle(ofNegative: $0), $1) }
        positive.forEach { magnitudes, bucketCount in
            body(middle(Int64(magnitudes.lowerBound), Int64(magnitudes.upperBound)), bucketCount)
        }
    }

    /// The middle of a bucket, as far as there can be durations in it.
    private func middle(_ lower: Int64, _ upper: Int64) -> Int64 {
        let (low, high) = (max(lower, bucketed.smallest), min(upper, bucketed.largest))
        return low + (high - low) / 2
    }

    private func middle(ofNegative magnitudes: ClosedRange<UInt64>) -> Int64 {
        middle(Int64(clamping: -Int128(magnitudes.upperBound)), Int64(clamping: -Int128(magnitudes.lowerBound)))
    }

    /// The duration of this rank, from 1.
    private func bucketedOrderStatistic(_ rank: Int) -> Double {
        if rank <= 1 { return Double(bucketed.smallest) }
        if rank >= count { return Double(bucketed.largest) }
        let negativeCount = negative.total
        if rank > negativeCount {
            let magnitudes = positive.range(ofRank: rank - negativeCount)
            return Double(middle(Int64(magnitudes.lowerBound), Int64(magnitudes.upperBound)))
        }
        // The smallest duration is the one of the largest magnitude.
        let magnitudes = negative.range(ofRank: negativeCount + 1 - rank)
        return Double(middle(ofNegative: magnitudes))
    }
}

extension DurationSample: Equatable {
    /// Whether both hold the same durations, as far as they are told apart, in whatever order they came.
    public static func == (left: DurationSample, right: DurationSample) -> Bool {
        left.count == right.count && left.isExact == right.isExact && left.ascending == right.ascending
            && left.total == right.total && left.minimum == right.minimum && left.maximum == right.maximum
            && left.variance == right.variance
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
