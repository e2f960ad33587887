import Statistics
import TestSupport

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Courses of batch means with a known truth, in nanoseconds around a level of 1 ms.
enum Courses {
    static let level = 1e6

    /// A steady first-order autoregression with a standard deviation of so many percent of the level.
    static func autoregression(
        _ count: Int, correlation: Double, percent: Double = 10, using generator: inout SeededGenerator
    ) -> [Double] {
        var deviation = generator.normal()
        let innovation = (1 - correlation * correlation).squareRoot()
        return (0..<count).map { _ in
            deviation = correlation * deviation + generator.normal(deviation: innovation)
            return level * (1 + percent / 100 * deviation)
        }
    }

    /// Response times of an M/M/1 queue (Lindley's recursion), from the steady state or from an empty system.
    static func queue(
        _ count: Int, load: Double, batchSize: Int, startsEmpty: Bool = false, using generator: inout SeededGenerator
    ) -> [Double] {
        func exponential() -> Double { -log(Double.random(in: .leastNonzeroMagnitude..<1, using: &generator)) }
        // The response time in the steady state is exponential with mean 1/(1 − load); the wait is the rest.
        var wait = startsEmpty ? 0 : max(0, exponential() / (1 - load) - exponential())
        return (0..<count).map { _ in
            var sum = 0.0
            for _ in 0..<batchSize {
                let service = exponential()
                sum += wait + service
                wait = max(0, wait + service - exponential() / load)
            }
            return level * sum / Double(batchSize)
        }
    }

    /// Batches of 5 values that are nearly all alike, as requests are that find a permit free; one in a hundred waits for
    /// one, an exponential time of three times the level on average.
    static func rareWaits(_ count: Int, using generator: inout SeededGenerator) -> [Double] {
        (0..<count).map { _ in
            var sum = 0.0
            for _ in 0..<5 {
                sum += 1 + 0.05 * generator.normal()
                if Double.random(in: 0..<1, using: &generator) < 0.01 {
                    sum -= 3 * log(Double.random(in: .leastNonzeroMagnitude..<1, using: &generator))
                }
            }
            return level * sum / 5
        }
    }

    /// Batches of 5 equal values, a microsecond apart.
    static func series(_ means: [Double]) -> BatchSeries {
        var series = BatchSeries()
        for (index, mean) in means.enumerated() {
            for position in 0..<BatchSeries.smallestBatchSize {
                series.add(value: mean, at: Int64(index * BatchSeries.smallestBatchSize + position) * 1000)
            }
        }
        return series
    }
}

/// Prints a share that a test measured, for the table in docs/statistics.md.
func measured(_ what: String, _ count: Int, of runs: Int) {
    let permille = (Double(count) / Double(runs) * 1000).rounded() / 10
    print("measured: \(what): \(permille) % of \(runs)")
}
