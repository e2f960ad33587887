import Statistics
import Testing

@Suite("Histograms in equal steps")
struct LinearHistogramTests {
    @Test(
        "the step is the smallest of 1, 2, 5, 10 … that covers the durations in 60 buckets",
        arguments: [
            ([0, 59], 1), ([0, 60], 2), ([0, 119], 2), ([0, 120], 5), ([0, 299], 5), ([0, 300], 10),
            ([45_000_000, 55_000_000], 200_000), ([-1, 58], 1), ([.min, .max], 500_000_000_000_000_000), ([7], 1),
        ] as [([Int64], Int64)])
    func step(durations: [Int64], expected: Int64) {
        let histogram = LinearHistogram(durations)
        #expect(histogram.stepNanoseconds == expected)
        #expect(histogram.buckets.count <= 60)
        #expect(histogram.count == durations.count)
    }

    @Test("buckets begin at whole multiples of the step, also below zero")
    func bounds() {
        let histogram = LinearHistogram([-3, 117])
        #expect(histogram.stepNanoseconds == 5)
        #expect(
            histogram.buckets.first == HistogramBucket(lowerBoundNanoseconds: -5, upperBoundNanoseconds: 0, count: 1))
        #expect(
            histogram.buckets.last
                == HistogramBucket(lowerBoundNanoseconds: 115, upperBoundNanoseconds: 120, count: 1))
    }

    @Test("a value outside the range widens the steps, and splits no bucket")
    func widening() {
        var histogram = LinearHistogram(covering: 0...59)
        for value in 0..<Int64(60) { histogram.add(value) }
        histogram.add(60)
        #expect(histogram.stepNanoseconds == 2)
        histogram.add(120)
        #expect(histogram.stepNanoseconds == 10)
        #expect(
            histogram.buckets.map(\.count) == [10, 10, 10, 10, 10, 10, 1, 0, 0, 0, 0, 0, 1])
    }

    @Test("counts add up, merged or not, and every duration lies in its bucket", arguments: 0..<UInt64(40))
    func sums(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        func durations(_ count: Int) -> [Int64] {
            let width = Int64(1) << Int64.random(in: 1..<40, using: &generator)
            let base = Int64.random(in: -width...(1 << 40), using: &generator)
            return (0..<count).map { _ in base + .random(in: 0...width, using: &generator) }
        }
        let (left, right) = (durations(200), durations(100))
        var merged = LinearHistogram(left)
        merged.merge(LinearHistogram(right))
        #expect(merged.count == 300)
        #expect(merged.buckets.count <= 60)
        for bucket in merged.buckets {
            let range = bucket.lowerBoundNanoseconds..<bucket.upperBoundNanoseconds
            #expect(bucket.count == (left + right).count { range.contains($0) })
        }
    }

    @Test("no durations have no buckets, and merging with none changes nothing")
    func empty() {
        #expect(LinearHistogram([Int64]()).buckets == [])
        var histogram = LinearHistogram([5, 7])
        histogram.merge(LinearHistogram([Int64]()))
        #expect(histogram == LinearHistogram([5, 7]))
    }
}
