import Statistics
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Intervals from order statistics")
struct OrderStatisticIntervalTests {
    @Test("the ranks lie within SciPy's equal-tailed ones and are next to the narrowest there are")
    func scipy() throws {
        for row in ScipyDistributionValues.ranks {
            let interval = try #require(
                OrderStatisticInterval(count: row.count, quantile: row.quantile, confidence: row.confidence))
            #expect((row.lower...row.lower + 2).contains(interval.lowerRank), "\(row)")
            #expect((row.upper - 2...row.upper).contains(interval.upperRank), "\(row)")
            #expect(interval.confidence >= row.confidence, "\(row)")
            if let leastWidth = row.leastWidth {
                let width = interval.upperRank - interval.lowerRank
                #expect((leastWidth...leastWidth + 1).contains(width), "\(row): \(width)")
            }
        }
    }

    @Test("the confidence reached is the binomial probability between the ranks")
    func confidence() throws {
        let interval = try #require(OrderStatisticInterval(count: 11, quantile: 0.5))
        #expect((interval.lowerRank, interval.upperRank) == (3, 10))
        // 1 − (1 + 11 + 55)/2¹¹ − (1 + 11)/2¹¹
        #expect(agree(interval.confidence, 1 - 79.0 / 2048, within: 1e-13))
        for row in ScipyDistributionValues.coverages {
            guard let interval = OrderStatisticInterval(count: row.count, quantile: row.quantile),
                (interval.lowerRank, interval.upperRank) == (row.lower, row.upper)
            else { continue }
            #expect(agree(interval.confidence, row.probability, within: 1e-6), "\(row)")
        }
    }

    @Test("there is an interval exactly where smallest and largest value together are wide enough")
    func smallest() throws {
        // 1 − 2·2⁻ⁿ ≥ 95 % from 6 values on, and 0.99ⁿ ≤ 5 % from 299 on.
        #expect(OrderStatisticInterval(count: 5, quantile: 0.5) == nil)
        let six = try #require(OrderStatisticInterval(count: 6, quantile: 0.5))
        #expect((six.lowerRank, six.upperRank) == (1, 6))
        #expect(agree(six.confidence, 31.0 / 32, within: 1e-13))
        #expect(OrderStatisticInterval(count: 298, quantile: 0.99) == nil)
        let largest = try #require(OrderStatisticInterval(count: 299, quantile: 0.99))
        #expect(largest.upperRank == 299)
        #expect(OrderStatisticInterval(count: 298, quantile: 0.01) == nil)
        #expect(OrderStatisticInterval(count: 299, quantile: 0.01)?.lowerRank == 1)
        #expect(OrderStatisticInterval(count: 0, quantile: 0.5) == nil)
        #expect(OrderStatisticInterval(count: 1, quantile: 0.5, confidence: 0.1) == nil)
    }

    @Test("a quantile and its complement have mirrored ranks", arguments: [0.1, 0.3, 0.77])
    func mirrored(quantile: Double) throws {
        let interval = try #require(OrderStatisticInterval(count: 201, quantile: quantile))
        let mirror = try #require(OrderStatisticInterval(count: 201, quantile: 1 - quantile))
        #expect(interval.lowerRank == 202 - mirror.upperRank)
        #expect(interval.upperRank == 202 - mirror.lowerRank)
    }

    @Test("the values at the ranks bound the quantile")
    func values() throws {
        let sorted = (1...11).map { Int64($0 * 10) }
        let interval = try #require(OrderStatisticInterval(count: 11, quantile: 0.5))
        #expect(interval.interval(ofSorted: sorted) == Interval(lowerBound: 30, upperBound: 100))
    }

    /// The binomial is discrete, so the promise is a confidence of at least 95 %; the frequency must match the one
    /// that the interval says it reached: within 0.02, four standard errors.
    @Test("it holds the true quantile as often as it says", arguments: [(40, 0.5), (100, 0.9), (700, 0.99)])
    func coverage(count: Int, quantile: Double) throws {
        var generator = SeededGenerator(state: UInt64(count))
        let interval = try #require(OrderStatisticInterval(count: count, quantile: quantile))
        let truth = -1e9 * log(1 - quantile)
        var held = 0
        for _ in 0..<2000 {
            let sorted = (0..<count).map { _ in
                Int64(-1e9 * log(Double.random(in: .leastNonzeroMagnitude..<1, using: &generator)))
            }.sorted()
            held += interval.interval(ofSorted: sorted).contains(truth) ? 1 : 0
        }
        #expect(abs(Double(held) / 2000 - interval.confidence) < 0.02, "seed \(count): \(held)")
    }
}
