import Statistics
import Testing

@Suite("Histograms by powers of two")
struct PowerOfTwoHistogramTests {
    @Test("a bucket runs from a power of two to the next, and empty ones in between are kept")
    func buckets() {
        let histogram = PowerOfTwoHistogram([16_383, 16_384, 32_767, 65_536])
        #expect(
            histogram.buckets == [
                HistogramBucket(lowerBoundNanoseconds: 8192, upperBoundNanoseconds: 16_384, count: 1),
                HistogramBucket(lowerBoundNanoseconds: 16_384, upperBoundNanoseconds: 32_768, count: 2),
                HistogramBucket(lowerBoundNanoseconds: 32_768, upperBoundNanoseconds: 65_536, count: 0),
                HistogramBucket(lowerBoundNanoseconds: 65_536, upperBoundNanoseconds: 131_072, count: 1),
            ])
    }

    @Test("zero, negative and largest durations are counted in buckets that hold them")
    func ends() {
        let buckets = PowerOfTwoHistogram([-5, .min, 0, 1, .max]).buckets
        #expect(buckets.first == HistogramBucket(lowerBoundNanoseconds: .min, upperBoundNanoseconds: 0, count: 2))
        #expect(buckets[1] == HistogramBucket(lowerBoundNanoseconds: 0, upperBoundNanoseconds: 1, count: 1))
        #expect(buckets[2] == HistogramBucket(lowerBoundNanoseconds: 1, upperBoundNanoseconds: 2, count: 1))
        #expect(buckets.last == HistogramBucket(lowerBoundNanoseconds: 1 << 62, upperBoundNanoseconds: .max, count: 1))
        #expect(PowerOfTwoHistogram().buckets == [])
    }

    @Test("counts add up, merged or not, and every duration lies in its bucket", arguments: 0..<UInt64(20))
    func sums(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        let durations = (0..<500).map { _ in
            Int64.random(in: -3...(1 << Int64.random(in: 1..<62, using: &generator)), using: &generator)
        }
        let whole = PowerOfTwoHistogram(durations)
        var merged = PowerOfTwoHistogram(durations[..<200])
        merged.merge(PowerOfTwoHistogram(durations[200...]))
        #expect(merged == whole)
        #expect(whole.buckets.reduce(0) { $0 + $1.count } == 500)
        for bucket in whole.buckets {
            let range = bucket.lowerBoundNanoseconds..<bucket.upperBoundNanoseconds
            #expect(bucket.count == durations.count { range.contains($0) })
        }
    }
}
