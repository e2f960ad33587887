import Statistics
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Survival curves of censored durations")
struct KaplanMeierTests {
    private func curve(_ finished: [Int64], censored: [Int64] = []) throws -> KaplanMeier {
        func counts(_ durations: [Int64]) -> [DurationCount] {
            durations.map { DurationCount(nanoseconds: $0, count: 1) }
        }
        return try #require(KaplanMeier(finished: counts(finished), censored: counts(censored)))
    }

    private func scipyCurve() throws -> KaplanMeier {
        try curve(ScipyDistributionValues.finished, censored: ScipyDistributionValues.censored)
    }

    @Test("the curve and its interval are SciPy's", arguments: ScipyDistributionValues.curve)
    func scipy(nanoseconds: Int64, survival: Double, low: Double, high: Double) throws {
        let curve = try scipyCurve()
        #expect(agree(try #require(curve.survival(at: nanoseconds)), survival, within: 1e-14))
        let interval = try #require(curve.survivalInterval(at: nanoseconds))
        #expect(agree(interval.lowerBound, low, within: 1e-12))
        #expect(agree(interval.upperBound, high, within: 1e-12))
    }

    @Test(
        "quantiles and their intervals are where SciPy's curves cross",
        arguments: ScipyDistributionValues.curveQuantiles)
    func scipyQuantiles(quantile: Double, value: Double, low: Double?, high: Double?) throws {
        let curve = try scipyCurve()
        #expect(curve.crossing(quantile) == value)
        let interval = try #require(curve.quantileInterval(quantile))
        #expect(interval.lowerBound == low)
        #expect(interval.upperBound == high)
    }

    /// 5 durations: 1 ends (4/5), one is cut off at 1 after it, 2 of 3 end at 3 (4/5 · 1/3), the last is cut off at 4.
    @Test("a worked example: those that end at an age count before those cut off at it")
    func worked() throws {
        let curve = try #require(
            KaplanMeier(
                finished: [
                    DurationCount(nanoseconds: 1, count: 1), DurationCount(nanoseconds: 3, count: 2),
                    DurationCount(nanoseconds: 9, count: 0),
                ],
                censored: [DurationCount(nanoseconds: 1, count: 1), DurationCount(nanoseconds: 4, count: 1)]))
        #expect((curve.finishedCount, curve.censoredCount, curve.largestNanoseconds) == (3, 2, 4))
        #expect(curve.survival(at: 0) == 1)
        #expect(curve.survival(at: 1) == 0.8)
        #expect(agree(try #require(curve.survival(at: 3)), 4.0 / 15, within: 1e-15))
        #expect(curve.survival(at: 5) == nil, "beyond the largest observation nothing is known")
        // S²·(1/(5·4) + 2/(3·1))
        let variance = try #require(curve.variance(at: 4))
        #expect(agree(variance, 16.0 / 225 * (1.0 / 20 + 2.0 / 3), within: 1e-14))
        #expect(curve.crossing(0.5) == 3)
        #expect(curve.crossing(0.8) == nil, "the curve does not come down so far")
        // 1·1 + 0.8·2 + 4/15·1
        #expect(agree(try #require(curve.restrictedMean(to: 4)), 1 + 1.6 + 4.0 / 15, within: 1e-15))
        #expect(curve.restrictedMean(to: 5) == nil)
    }

    @Test("the restricted mean is the area under SciPy's curve")
    func restrictedMean() throws {
        let mean = try #require(try scipyCurve().restrictedMean(to: 40))
        #expect(agree(mean, ScipyDistributionValues.restrictedMean, within: 1e-14))
    }

    @Test("without censoring the curve is the empirical distribution, and its quantile the inverse averaged at jumps")
    func uncensored() throws {
        let values = (1...100).map { Int64($0) }
        let curve = try curve(values)
        for value in values { #expect(curve.survival(at: value) == Double(100 - value) / 100) }
        for percentile in 1..<100 { #expect(curve.crossing(Double(percentile) / 100) == Double(percentile) + 0.5) }
        #expect(curve.crossing(0.995) == 100)
        #expect(curve.crossing(1) == 100)
        #expect(curve.survival(at: 1000) == 0, "all ended, so nothing is unknown")
        #expect(curve.variance(at: 100) == nil)
        #expect(agree(try #require(curve.restrictedMean(to: 200)), 50.5, within: 1e-14))
    }

    @Test("only censored ages: the curve stays at 1; nothing at all: there is none")
    func noneFinished() throws {
        let curve = try curve([], censored: [4, 8])
        #expect(curve.survival(at: 8) == 1)
        #expect(curve.survivalInterval(at: 8) == nil)
        #expect(curve.crossing(0.5) == nil)
        #expect(curve.quantileInterval(0.5) == nil)
        #expect(curve.restrictedMean(to: 8) == 8)
        #expect(KaplanMeier(finished: [], censored: []) == nil)
    }

    @Test("durations below zero, which a faulty trace has, count as they are")
    func negative() throws {
        #expect(try curve([-4, 2]).restrictedMean(to: 2) == -1)
        #expect(try curve([-4, 2]).crossing(0.5) == -1)
    }

    @Test("without censoring its quantile is the project's own, with ties too")
    func ownDefinition() throws {
        let values: [Int64] = [3, 3, 3, 8, 13, 13, 40, 41, 55, 55, 55, 90]
        let curve = try curve(values)
        for percent in 0...100 {
            let quantile = Double(percent) / 100
            let value = try #require(curve.quantile(quantile))
            #expect(agree(value, Quantile.value(ofSorted: values, at: quantile), within: 1e-12), "p\(percent)")
        }
    }

    /// 10 durations; the 3 shortest end, one is cut off, so that each of the 6 others stands for 7/6: ranks 3 + 7/6·k.
    @Test("a censored duration is shared out among the longer ones, and what lies beyond the last is not known")
    func redistribution() throws {
        let values: [Int64] = [10, 20, 30, 50, 60, 70, 80, 90, 100]
        let curve = try curve(values, censored: [40])
        // (10 + 1/3)·q + 1/3 = 3 + 7/6·2: the fifth that ended.
        let weight = 7.0 / 6
        func quantile(rank: Double) -> Double { (rank - 1.0 / 3) / (10 + 1.0 / 3) }
        let fifth = try #require(curve.quantile(quantile(rank: 3 + 2 * weight)))
        #expect(agree(fifth, 60, within: 1e-12))
        // Half of its weight further: midway to the next.
        let midway = try #require(curve.quantile(quantile(rank: 3 + 2.5 * weight)))
        #expect(agree(midway, 65, within: 1e-12))
        let open = try self.curve(values, censored: [40, 101])
        #expect(open.quantile(0.99) == nil)
        #expect(curve.quantile(1) == 100)
    }

    /// Of 1,000 exponential durations the window cuts a third: by all that are finished p90 reads far too low.
    @Test("the quantile is centred on the truth where the finished ones alone are far below it")
    func centred() throws {
        var generator = SeededGenerator(state: 12)
        let truth = 1e9 * log(10.0)
        var (ratios, naive) = (Moments(), Moments())
        for _ in 0..<200 {
            var (finished, censored): ([Int64], [Int64]) = ([], [])
            for _ in 0..<1000 {
                let duration = -1e9 * log(Double.random(in: .leastNonzeroMagnitude..<1, using: &generator))
                let age = 3.5e9 * Double.random(in: 0..<1, using: &generator)
                if duration <= age { finished.append(Int64(duration)) } else { censored.append(Int64(age)) }
            }
            let curve = try curve(finished.sorted(), censored: censored.sorted())
            ratios.add(try #require(curve.quantile(0.9)) / truth)
            naive.add(Quantile.value(ofSorted: finished.sorted(), at: 0.9) / truth)
        }
        #expect(abs(ratios.mean - 1) < 0.01, "mean ratio \(ratios.mean)")
        #expect(naive.mean < 0.85)
    }

    /// Exponential durations of mean 1, cut off at a uniform age up to 4: a quarter of them, the slow ones first.
    @Test(
        "the interval of p50 and p80 holds the truth in 93–97 % of 2,000 samples with censoring", arguments: [0.5, 0.8])
    func coverage(quantile: Double) throws {
        var generator = SeededGenerator(state: 11)
        let truth = -1e9 * log(1 - quantile)
        var (held, heldByFinished) = (0, 0)
        for _ in 0..<2000 {
            var (finished, censored): ([Int64], [Int64]) = ([], [])
            for _ in 0..<200 {
                let duration = -1e9 * log(Double.random(in: .leastNonzeroMagnitude..<1, using: &generator))
                let age = 4e9 * Double.random(in: 0..<1, using: &generator)
                if duration <= age { finished.append(Int64(duration)) } else { censored.append(Int64(age)) }
            }
            let curve = try curve(finished.sorted(), censored: censored.sorted())
            let interval = try #require(curve.quantileInterval(quantile))
            held += interval.lowerBound <= truth && truth <= interval.upperBound ?? .infinity ? 1 : 0
            let ranks = try #require(OrderStatisticInterval(count: finished.count, quantile: quantile))
            heldByFinished += ranks.interval(ofSorted: finished.sorted()).contains(truth) ? 1 : 0
        }
        #expect((1860...1940).contains(held), "held \(held)")
        #expect(heldByFinished < 1000, "leaving the censored ones out was to fail, or nothing was censored")
    }
}
