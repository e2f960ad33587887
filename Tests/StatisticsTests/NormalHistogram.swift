import Statistics

/// Values of about −8 to 8 counted in 2,048 buckets of 1/128: cheap enough for millions of them.
struct NormalHistogram {
    private static let bucketCount = 2048
    private static let bucketsPerUnit = 128.0
    /// How many values are in a bucket; once cumulated, in it or below.
    private var counts = [Int](repeating: 0, count: bucketCount)

    init() {}

    mutating func add(_ value: Double) { counts[Self.bucket(of: value)] += 1 }

    /// The same for reading: quantiles and counts are of a cumulated histogram.
    func cumulated() -> NormalHistogram {
        var result = self
        for index in 1..<Self.bucketCount { result.counts[index] += result.counts[index - 1] }
        return result
    }

    /// Of cumulated histograms.
    init(merging histograms: [NormalHistogram]) {
        for histogram in histograms {
            for index in 0..<Self.bucketCount { counts[index] += histogram.counts[index] }
        }
    }

    /// A bucket counts as its middle.
    func countAtMost(_ limit: Double) -> Int { counts[Self.bucket(of: limit)] }

    /// As `Quantile`, to half a bucket.
    func quantile(_ quantile: Double) -> Double {
        let count = counts[Self.bucketCount - 1]
        let rank = min(max((Double(count) + 1.0 / 3.0) * quantile + 1.0 / 3.0, 1), Double(count))
        let below = Int(rank)
        let (lower, upper) = (value(ofRank: below), value(ofRank: min(below + 1, count)))
        return lower + (rank - Double(below)) * (upper - lower)
    }

    private func value(ofRank rank: Int) -> Double {
        var (low, high) = (0, Self.bucketCount - 1)
        while low < high {
            let middle = (low + high) / 2
            if counts[middle] >= rank { high = middle } else { low = middle + 1 }
        }
        return (Double(low) + 0.5) / Self.bucketsPerUnit - 8
    }

    private static func bucket(of value: Double) -> Int {
        min(max(Int((value + 8) * bucketsPerUnit), 0), bucketCount - 1)
    }
}
