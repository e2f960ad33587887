import Statistics
import Testing

@Suite("Estimates over processes")
struct EstimateTests {
    @Test("the interval is SciPy's t interval")
    func scipy() throws {
        let interval = try #require(Estimate(processValues: ScipyValues.baseline).interval)
        #expect(agree(interval.lowerBound, ScipyValues.baselineInterval.0, within: 1e-12))
        #expect(agree(interval.upperBound, ScipyValues.baselineInterval.1, within: 1e-12))
    }

    @Test("one process has no interval, and equal processes have one of no width")
    func edges() {
        #expect(Estimate(processValues: [4]) == Estimate(value: 4, interval: nil, processValues: [4]))
        #expect(Estimate(processValues: [4, 4]).interval == Interval(lowerBound: 4, upperBound: 4))
    }

    /// Requests inside a process follow each other (first-order autoregression), and each process has a level of its
    /// own: the interval over all requests would hold the truth far too rarely, the one over processes must hold it.
    @Test("the 95 % interval holds the true mean in 93–97 % of 2,000 samples", arguments: [3, 5, 12])
    func coverage(processes: Int) {
        var generator = SeededGenerator(state: UInt64(processes))
        var (held, heldByRequests) = (0, 0)
        for _ in 0..<2000 {
            var means: [Double] = []
            var all = Moments()
            for _ in 0..<processes {
                let level = generator.normal(mean: 50, deviation: 2)
                var (deviation, requests) = (generator.normal(), Moments())
                for _ in 0..<20 {
                    deviation = 0.7 * deviation + generator.normal(deviation: (1 - 0.49).squareRoot())
                    requests.add(level + 3 * deviation)
                }
                all.merge(requests)
                means.append(requests.mean)
            }
            if let interval = Estimate(processValues: means).interval, interval.contains(50) { held += 1 }
            let margin = 1.96 * all.standardDeviation! / Double(all.count).squareRoot()
            if abs(all.mean - 50) <= margin { heldByRequests += 1 }
        }
        #expect((1860...1940).contains(held))
        #expect(heldByRequests < 1600, "the naive interval was to fail, or the data are not correlated")
    }
}

extension Interval {
    func contains(_ value: Double) -> Bool { lowerBound <= value && value <= upperBound }
}
