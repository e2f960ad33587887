import TestSupport
import Testing

@testable import Statistics

@Suite("Durations in bounded memory")
struct DurationSampleTests {
    /// What durations look like: short and long ones, negative ones, zeros, and the ends of the number line.
    enum Shape: String, CaseIterable, Sendable {
        case milliseconds, everyOctave, negative, narrow, extreme

        func durations(_ count: Int, seed: UInt64) -> [Int64] {
            var random = SeededGenerator(state: seed)
            return (0..<count).map { _ in
                switch self {
                case .milliseconds: Int64.random(in: 900_000...90_000_000, using: &random)
                case .everyOctave:
                    Int64.random(in: 0...(.max), using: &random) >> Int64.random(in: 0...63, using: &random)
                case .negative: Int64.random(in: -5_000_000...5_000_000, using: &random)
                case .narrow: 50_000_000_000 + Int64.random(in: 0...100, using: &random)
                case .extreme: [.min, .min + 1, -1, 0, 1, .max - 1, .max].randomElement(using: &random) ?? 0
                }
            }
        }
    }

    static let quantiles = [0, 0.001, 0.1, 0.25, 0.5, 0.9, 0.99, 0.9999, 1]
    static let beyond = DurationSample.exactMaximum + 464

    @Test(
        "while it is exact, a sample gives what the durations themselves give", arguments: Shape.allCases, [1, 2, 700])
    func exact(shape: Shape, count: Int) {
        let durations = shape.durations(count, seed: UInt64(count))
        let sorted = durations.sorted()
        var sample = DurationSample()
        for duration in durations { sample.add(duration) }
        #expect(sample.isExact)
        #expect(sample.count == count)
        #expect(sample.total == durations.reduce(Int128(0)) { $0 + Int128($1) })
        #expect(sample.minimum == sorted.first)
        #expect(sample.maximum == sorted.last)
        #expect(sample.standardDeviation == Moments(sorted.map(Double.init)).standardDeviation)
        for quantile in Self.quantiles {
            #expect(sample.quantile(quantile) == Quantile.value(ofSorted: sorted, at: quantile))
        }
        for limit in [-1.5, 0, Double(sorted[count / 2]), 1e30] {
            #expect(sample.countAtMost(limit) == sorted.count { Double($0) <= limit })
        }
        #expect(PowerOfTwoHistogram(sample) == PowerOfTwoHistogram(durations))
        #expect(LinearHistogram(sample) == LinearHistogram(durations))
        #expect(sample.ascending.flatMap { Array(repeating: $0.nanoseconds, count: $0.count) } == sorted)
    }

    @Test(
        "in buckets, order statistics are off by less than 1/4096, and what is counted is exact",
        arguments: Shape.allCases)
    func folded(shape: Shape) throws {
        let durations = shape.durations(Self.beyond, seed: 7)
        let sorted = durations.sorted()
        let sample = DurationSample(durations)
        #expect(!sample.isExact)
        #expect(sample.count == sorted.count)
        #expect(sample.total == durations.reduce(Int128(0)) { $0 + Int128($1) })
        #expect(sample.minimum == sorted.first)
        #expect(sample.maximum == sorted.last)
        #expect(PowerOfTwoHistogram(sample) == PowerOfTwoHistogram(durations))
        #expect(sample.ascending.reduce(0) { $0 + $1.count } == sorted.count)
        for quantile in Self.quantiles {
            let truth = Quantile.value(ofSorted: sorted, at: quantile)
            let rank = (Double(sorted.count) + 1.0 / 3.0) * quantile + 1.0 / 3.0
            let around = [Int(rank) - 1, Int(rank)].map { Double(sorted[min(max($0, 0), sorted.count - 1)]) }
            let error = around.map { abs($0) / 4096 }.max() ?? 0
            #expect(abs(sample.quantile(quantile) - truth) <= error, "\(shape) \(quantile)")
        }
        for rank in [1, 1000, sorted.count / 2, sorted.count - 1] {
            let limit = Double(sorted[rank])
            let margin = abs(limit) / 4096
            let least = sorted.count { Double($0) < limit - margin }
            let most = sorted.count { Double($0) <= limit + margin }
            #expect((least...most).contains(sample.countAtMost(limit)), "\(shape) \(rank)")
        }
        #expect(sample.countAtMost(1e30) == sorted.count)
        #expect(sample.countAtMost(-1e30) == 0)
    }

    @Test(
        "the deviation beyond the exact regime is Welford's, also where the spread is a billionth of the mean",
        arguments: [Shape.milliseconds, .negative, .narrow, .everyOctave])
    func deviation(shape: Shape) throws {
        let durations = shape.durations(Self.beyond, seed: 11)
        // Around a number among them, where Welford's recurrence has nothing to lose.
        let expected = try #require(Moments(durations.map { Double($0) - Double(durations[0]) }).standardDeviation)
        let found = try #require(DurationSample(durations).standardDeviation)
        #expect(agree(found, expected, within: shape == .everyOctave ? 1e-4 : 1e-9))
    }

    @Test("the variance in buckets is exact: a closed form")
    func closedForm() {
        // m = 10¹² and m + 1, equally often: the variance is n/(n − 1)/4.
        var sample = DurationSample()
        for index in 0..<70_000 { sample.add(1_000_000_000_000 + Int64(index & 1)) }
        #expect(sample.variance == 0.25 * 70_000 / 69_999)
        #expect(sample.quantile(0.5) > 1e12 * (1 - 1.0 / 4096))
    }

    @Test(
        "merged samples are the sample of all their durations, on both sides of the limit",
        arguments: [
            [10, 20], [65_000, 536], [65_000, 537], [66_000, 5], [5, 66_000], [66_000, 66_000],
        ])
    func merged(counts: [Int]) {
        for shape in [Shape.milliseconds, .negative] {
            let parts = counts.enumerated().map { shape.durations($1, seed: UInt64($0)) }
            var sample = DurationSample()
            for part in parts { sample.merge(DurationSample(part)) }
            #expect(sample == DurationSample(parts.flatMap { $0 }), "\(shape)")
            #expect(sample.isExact == (counts[0] + counts[1] <= DurationSample.exactMaximum))
        }
    }

    @Test("a summary of a merged sample is that of the durations together")
    func summary() {
        let parts = [UInt64(1), 2].map { Shape.milliseconds.durations(20_000, seed: $0) }
        var sample = DurationSample(parts[0])
        sample.merge(DurationSample(parts[1]))
        #expect(DurationSummary(sample) == DurationSummary(durations: parts[0] + parts[1]))
    }

    @Test("memory stays the same however many durations there are")
    func bounded() {
        var sample = DurationSample(Shape.milliseconds.durations(66_000, seed: 1))
        let buckets = sample.positive.counts.count
        for duration in Shape.milliseconds.durations(100_000, seed: 2) { sample.add(duration) }
        #expect(sample.positive.counts.count == buckets)
        #expect(sample.values.count < 256)
        for duration in Shape.everyOctave.durations(10_000, seed: 3) { sample.add(duration) }
        sample.add(.max)
        for duration in Shape.extreme.durations(1000, seed: 4) { sample.add(duration) }
        // 51 octaves of 2048 above the first 4096 numbers, and one more for the magnitude of the smallest number.
        #expect(sample.positive.counts.count + sample.negative.counts.count <= 2 * 54 * 2048)
    }

    @Test("a bucket that overflows its 32 bits carries")
    func carries() {
        var counts = LogLinearCounts()
        for number in [5, 5, 5000] as [UInt64] { counts.add(number) }
        for _ in 0..<33 {
            let twice = counts
            counts.merge(twice)
        }
        counts.add(5)
        var found: [UInt64: Int] = [:]
        counts.forEach { found[$0.lowerBound] = $1 }
        #expect(found == [5: (2 << 33) + 1, 5000: 1 << 33])
    }

    @Test("every number has one bucket, and the bucket holds it", arguments: 1...20 as ClosedRange<UInt64>)
    func buckets(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        var numbers: [UInt64] = [0, 1 << 63]
        for octave in 0..<UInt64(63) {
            let power: UInt64 = 1 << octave
            numbers += [power, power + 1, 2 * power - 1]
        }
        for _ in 0..<500 { numbers.append((random.next() >> 1) >> (random.next() % 63)) }
        for number in numbers {
            let range = LogLinearCounts.range(ofBucket: LogLinearCounts.bucket(of: number))
            #expect(range.contains(number))
            #expect((range.upperBound - range.lowerBound) <= number / 2048)
            guard range.lowerBound > 0 else { continue }
            #expect(
                LogLinearCounts.bucket(of: range.lowerBound - 1) == LogLinearCounts.bucket(of: number) - 1)
        }
    }

    @Test("an empty sample has no figures")
    func empty() {
        let sample = DurationSample()
        #expect(sample.mean == nil && sample.variance == nil && sample.minimum == nil && sample.maximum == nil)
        #expect(sample.countAtMost(1) == 0)
        #expect(sample.ascending.isEmpty)
        #expect(PowerOfTwoHistogram(sample).buckets.isEmpty)
        #expect(DurationSummary(sample) == nil)
    }

    @Test("the linear histogram of buckets has the steps of the durations and nearly their counts")
    func linear() {
        let durations = Shape.milliseconds.durations(Self.beyond, seed: 5)
        let (found, expected) = (LinearHistogram(DurationSample(durations)), LinearHistogram(durations))
        #expect(found.stepNanoseconds == expected.stepNanoseconds)
        #expect(found.count == expected.count)
        for (left, right) in zip(found.buckets, expected.buckets) {
            #expect(left.lowerBoundNanoseconds == right.lowerBoundNanoseconds)
            // A bucket of the sample is 1/60 of a step wide or less at either bound of this one.
            #expect(abs(left.count - right.count) <= right.count / 30 + 10)
        }
    }
}
