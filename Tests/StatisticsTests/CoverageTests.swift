import Statistics
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The promise of every interval that a report shows, held against data as they come: requests inside a process follow
/// each other (first-order autoregression, 0.7), and every process has a level of its own. Durations are lognormal,
/// exp(0.5·x), x normal: skewed, with a p99 of 3.2 medians.
@Suite("Coverage of the intervals over processes")
struct CoverageTests {
    static let scale = 0.5
    static let correlation = 0.7
    static let valuesPerProcess = 700

    @Test(
        "p50 and p99, by process and pooled, hold the truth in 93–97 % of 2,000 samples",
        arguments: [5, 10])
    func percentiles(processes: Int) throws {
        var generator = SeededGenerator(state: UInt64(processes))
        let held = try Self.percentiles(processes, 0.3, runs: 2000, using: &generator)
        for (name, count) in held {
            measured("\(name), \(processes) processes, 8 % of the variance between", count, of: 2000)
            #expect((1860...1940).contains(count), "\(name): \(count)")
        }
    }

    /// With a quarter of the variance between processes, the tail of the population is made by the slowest of them, and
    /// ten processes have shown too few: the pooled p99 promises too much there, as its documentation says.
    @Test("where a quarter of the variance lies between processes, the pooled p99 is held in 85–93 %")
    func unlikeProcesses() throws {
        var generator = SeededGenerator(state: 6)
        for (name, count) in try Self.percentiles(10, 0.6, runs: 500, using: &generator) {
            measured("\(name), 10 processes, a quarter of the variance between", count, of: 500)
            #expect((name == "pooled p99" ? 425...465 : 455...485).contains(count), "\(name): \(count)")
        }
    }

    @Test("the mean over processes holds the truth in 93–97 % of 2,000 samples", arguments: [5, 10])
    func mean(processes: Int) throws {
        var generator = SeededGenerator(state: UInt64(processes) + 50)
        let truth = exp(Self.scale * Self.scale * (1 + 0.09) / 2)
        var held = 0
        for _ in 0..<2000 {
            let means = (0..<processes).map { _ in
                var process = Process(levelDeviation: 0.3, using: &generator)
                return (0..<100).reduce(0.0) { sum, _ in sum + exp(Self.scale * process.next(&generator)) } / 100
            }
            held += try #require(Estimate(processValues: means).interval).contains(truth) ? 1 : 0
        }
        measured("mean, \(processes) processes", held, of: 2000)
        #expect((1860...1940).contains(held), "\(held)")
    }

    /// Two programs in the same blocks, one 7 % slower; what the machine does to a block it does to both.
    @Test("the ratio of two programs' means holds the truth in 93–97 % of 2,000 samples", arguments: [5, 10])
    func ratio(blocks: Int) throws {
        var generator = SeededGenerator(state: UInt64(blocks) + 90)
        var held = 0
        for _ in 0..<2000 {
            let values = (0..<blocks).map { block -> (PairedComparison.BlockValue, PairedComparison.BlockValue) in
                let machine = exp(generator.normal())
                func mean(_ factor: Double) -> PairedComparison.BlockValue {
                    var process = Process(levelDeviation: 0.3, using: &generator)
                    let sum = (0..<60).reduce(0.0) { sum, _ in sum + exp(Self.scale * process.next(&generator)) }
                    return .init(block: block, value: factor * machine * sum / 60)
                }
                return (mean(1), mean(1.07))
            }
            let comparison = PairedComparison(baseline: values.map(\.0), candidate: values.map(\.1))
            held += try #require(comparison?.ratio?.interval).contains(1.07) ? 1 : 0
        }
        measured("ratio of means, \(blocks) blocks", held, of: 2000)
        #expect((1860...1940).contains(held), "\(held)")
    }

    /// How many of the intervals hold their truth: that of a process's own percentile, the expectation over processes;
    /// that of the pooled one, the quantile of the normal population with both variances.
    private static func percentiles(
        _ processes: Int, _ levelDeviation: Double, runs: Int, using generator: inout SeededGenerator
    ) throws -> [(String, Int)] {
        let levelFactor = exp(scale * scale * levelDeviation * levelDeviation / 2)
        let quantiles = [(0.5, CoverageTruths.p50 * levelFactor), (0.99, CoverageTruths.p99 * levelFactor)]
        let deviation = (1 + levelDeviation * levelDeviation).squareRoot()
        var held = [0, 0, 0, 0]
        for _ in 0..<runs {
            let sample = (0..<processes).map { _ in
                var (process, histogram) = (
                    Process(levelDeviation: levelDeviation, using: &generator), NormalHistogram()
                )
                for _ in 0..<valuesPerProcess { histogram.add(process.next(&generator)) }
                return histogram.cumulated()
            }
            let merged = NormalHistogram(merging: sample)
            for (index, (quantile, truth)) in quantiles.enumerated() {
                let own = Estimate(processValues: sample.map { exp(scale * $0.quantile(quantile)) })
                held[index] += try #require(own.interval).contains(truth) ? 1 : 0
                let pooled = PooledQuantile(
                    quantile,
                    of: sample.map { histogram in
                        .init(count: valuesPerProcess) { histogram.countAtMost($0) }
                    }, pooledQuantile: merged.quantile)
                let interval = try #require(pooled?.interval)
                held[2 + index] += interval.contains(StandardNormal.quantile(quantile) * deviation) ? 1 : 0
            }
        }
        return Array(zip(["p50 by process", "p99 by process", "pooled p50", "pooled p99"], held))
    }
}

/// A process's requests as they come, on the normal scale. Both draws of Box and Muller's transform are used, and the
/// uniform ones are plain 53 bits: these tests draw tens of millions.
private struct Process {
    private let level: Double
    private var deviation: Double
    private var spare: Double?

    init(levelDeviation: Double, using generator: inout SeededGenerator) {
        level = generator.normal(deviation: levelDeviation)
        deviation = generator.normal()
    }

    mutating func next(_ generator: inout SeededGenerator) -> Double {
        let draw: Double
        if let spare {
            draw = spare
            self.spare = nil
        } else {
            let radius = (-2 * log((Double(generator.next() >> 11) + 0.5) * 0x1p-53)).squareRoot()
            let angle = 2 * Double.pi * Double(generator.next() >> 11) * 0x1p-53
            draw = radius * cos(angle)
            spare = radius * sin(angle)
        }
        deviation = CoverageTests.correlation * deviation + draw * 0.714142842854285
        return level + deviation
    }
}
