// The bootstrap for values in groups: whole processes are drawn with replacement, and what is inside a process comes
// along as it is. Drawing inside the processes as well would count their inner spread twice (Davison & Hinkley 1997,
// Bootstrap Methods and their Application, section 3.8, doi:10.1017/CBO9780511802843).
//
// The road not taken, kept to measure it by. With few processes it promises too much: its spread is smaller than
// Student's by √((n − 1)/n), and its tails are the normal ones. Where t or `PooledQuantile` apply, they are used.

import Statistics

/// An interval for any statistic over processes, by resampling whole processes.
public struct ProcessBootstrap: Sendable, Equatable {
    /// The statistic of the processes as they are.
    public let value: Double
    /// From the empirical quantiles of the resampled statistics (the percentile method).
    public let interval: Interval
    /// How many resamples had a statistic.
    public let resampleCount: Int

    /// Nil below two processes, and where the statistic is nil for the processes themselves or for more than 5 % of the
    /// resamples.
    ///
    /// Measured for the mean of normal values, at 95 %: it holds the truth in 84 % with 5 processes, in 90 % with 10 and
    /// in 94 % with 30.
    ///
    /// - Parameters:
    ///   - processes: One element for each, such as its value or its histogram.
    ///   - resamples: How many; 100 or more.
    ///   - confidence: Between 0 and 1, both excluded.
    ///   - generator: A seed makes the interval the same each time.
    ///   - statistic: Of as many processes as there are, some of them more than once; finite.
    public init?<Process>(
        _ processes: [Process], resamples: Int = 1999, confidence: Double = 0.95,
        using generator: inout some RandomNumberGenerator, statistic: ([Process]) -> Double?
    ) {
        precondition(resamples >= 100, "\(resamples) resamples are too few for an interval")
        precondition(confidence > 0 && confidence < 1, "confidence \(confidence) outside 0…1")
        guard processes.count >= 2, let value = statistic(processes) else { return nil }
        var (sample, statistics): ([Process], [Double]) = (processes, [])
        statistics.reserveCapacity(resamples)
        for _ in 0..<resamples {
            for index in sample.indices {
                sample[index] = processes[Int.random(in: 0..<processes.count, using: &generator)]
            }
            if let resampled = statistic(sample) { statistics.append(resampled) }
        }
        guard Double(statistics.count) >= 0.95 * Double(resamples) else { return nil }
        statistics.sort()
        // The (B + 1)α-th smallest of B (Davison & Hinkley 1997, section 5.3.1).
        func bound(_ share: Double) -> Double {
            let rank = (Double(statistics.count + 1) * share).rounded()
            return statistics[min(max(Int(rank), 1), statistics.count) - 1]
        }
        let tail = (1 - confidence) / 2
        self.value = value
        interval = Interval(lowerBound: bound(tail), upperBound: bound(1 - tail))
        resampleCount = statistics.count
    }
}
