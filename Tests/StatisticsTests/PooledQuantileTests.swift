import Statistics
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Quantiles of pooled requests")
struct PooledQuantileTests {
    private func processes(_ count: Int, of values: Int, apart: Double, seed: UInt64) -> [[Int64]] {
        var generator = SeededGenerator(state: seed)
        return (0..<count).map { _ in
            let level = generator.normal(mean: 1e6, deviation: apart)
            return (0..<values).map { _ in Int64(level + generator.normal(deviation: 1e5)) }.sorted()
        }
    }

    @Test("the value is the quantile of all durations, and the interval holds it")
    func value() throws {
        let processes = processes(6, of: 100, apart: 5e4, seed: 1)
        let pooled = try #require(PooledQuantile(0.5, ofSorted: processes))
        #expect(pooled.value == Quantile.value(ofSorted: processes.flatMap(\.self).sorted(), at: 0.5))
        #expect(try #require(pooled.interval).contains(pooled.value))
        #expect(pooled.processCount == 6)
        let wide = try #require(PooledQuantile(0.5, ofSorted: processes, confidence: 0.99)?.interval)
        let narrow = try #require(pooled.interval)
        #expect(wide.lowerBound < narrow.lowerBound && narrow.upperBound < wide.upperBound)
    }

    /// By the definition: every duration at which |logit(share) − logit(q)| is at most t standard errors, found by
    /// looking at each.
    @Test("the ends are those of the durations that the test does not exclude", arguments: [0.2, 0.5, 0.9])
    func definition(quantile: Double) throws {
        let processes = processes(5, of: 200, apart: 3e4, seed: 2)
        let all = processes.flatMap(\.self).sorted()
        let t = StudentT(degreesOfFreedom: 4).quantile(0.975)
        func logit(_ share: Double) -> Double { log(share / (1 - share)) }
        let compatible = all.filter { duration in
            let shares = processes.map { durations in Double(durations.count { $0 <= duration }) / 200 }
            let moments = Moments(shares)
            guard moments.mean < 1 else { return false }
            let error = moments.standardDeviation! / 5.0.squareRoot() / (moments.mean * (1 - moments.mean))
            return abs(logit(moments.mean) - logit(quantile)) <= t * error
        }
        let interval = try #require(PooledQuantile(quantile, ofSorted: processes)?.interval)
        let step = 3000.0
        #expect(abs(interval.lowerBound - Double(compatible.first!)) < step)
        #expect(abs(interval.upperBound - Double(compatible.last!)) < step)
    }

    @Test("merged histograms give the same as the durations, to a bucket")
    func histograms() throws {
        let processes = processes(5, of: 300, apart: 3e4, seed: 3)
        let exact = try #require(PooledQuantile(0.9, ofSorted: processes)?.interval)
        let buckets = processes.map { durations in durations.map { ($0 / 1000 + 1) * 1000 } }
        let merged = buckets.flatMap(\.self).sorted()
        let coarse = PooledQuantile(
            0.9,
            of: buckets.map { durations in
                .init(count: durations.count) { limit in durations.count { Double($0) <= limit } }
            }
        ) { Quantile.value(ofSorted: merged, at: $0) }
        let interval = try #require(coarse?.interval)
        #expect(abs(interval.lowerBound - exact.lowerBound) <= 2000)
        #expect(abs(interval.upperBound - exact.upperBound) <= 2000)
    }

    @Test("one process has none, and processes without durations do not count")
    func tooFew() throws {
        #expect(PooledQuantile(0.5, ofSorted: [[1, 2, 3]]) == nil)
        #expect(PooledQuantile(0.5, ofSorted: [[1, 2, 3], []]) == nil)
        #expect(PooledQuantile(0.5, ofSorted: []) == nil)
        #expect(PooledQuantile(0.5, ofSorted: [[1, 2, 3], [], [2, 3, 4]])?.processCount == 2)
    }

    @Test("where what was observed does not bound the quantile there is a value but no interval")
    func unbounded() throws {
        let processes = processes(3, of: 100, apart: 0, seed: 4)
        let pooled = try #require(PooledQuantile(0.99, ofSorted: processes))
        #expect(pooled.interval == nil)
        let equal = try #require(PooledQuantile(0.5, ofSorted: [[7, 7, 7], [7, 7, 7]]))
        #expect(equal.value == 7)
        #expect(equal.interval == nil)
    }
}
