import Statistics
import TestSupport
import Testing

@Suite("Resampling of processes")
struct ProcessBootstrapTests {
    private func mean(_ values: [Double]) -> Double? { values.reduce(0, +) / Double(values.count) }

    @Test("with many processes the interval is the normal one of the mean")
    func normal() throws {
        var generator = SeededGenerator(state: 4)
        let values = (0..<200).map { _ in generator.normal(mean: 50, deviation: 10) }
        let bootstrap = try #require(ProcessBootstrap(values, using: &generator, statistic: mean))
        let moments = Moments(values)
        let margin = 1.96 * moments.standardDeviation! / 200.0.squareRoot()
        #expect(bootstrap.value == mean(values))
        #expect(abs(bootstrap.interval.lowerBound - (moments.mean - margin)) < 0.15)
        #expect(abs(bootstrap.interval.upperBound - (moments.mean + margin)) < 0.15)
        #expect(bootstrap.resampleCount == 1999)
    }

    @Test("processes are drawn whole, whatever they are")
    func whole() throws {
        var generator = SeededGenerator(state: 4)
        let processes = [["a", "b"], ["c", "d"], ["e", "f"]]
        let bootstrap = try #require(
            ProcessBootstrap(processes, resamples: 100, using: &generator) { sample in
                #expect(sample.count == 3 && sample.allSatisfy(processes.contains))
                return Double(Set(sample.flatMap(\.self)).count)
            })
        #expect(bootstrap.value == 6)
        #expect(bootstrap.interval.lowerBound == 2 && bootstrap.interval.upperBound == 6)
    }

    @Test("the same seed gives the same interval; one process, or a statistic that is rarely there, gives none")
    func edges() {
        var (one, other) = (SeededGenerator(state: 7), SeededGenerator(state: 7))
        let values = [3.0, 1, 4, 1, 5]
        #expect(
            ProcessBootstrap(values, using: &one, statistic: mean)
                == ProcessBootstrap(values, using: &other, statistic: mean))
        #expect(ProcessBootstrap([1.0], using: &one, statistic: mean) == nil)
        #expect(ProcessBootstrap(values, using: &one) { $0.contains(3) ? 1 : nil } == nil)
        #expect(ProcessBootstrap(values, using: &one) { _ in nil } == nil)
    }

    /// The documentation says how much too rarely; this holds it to that.
    @Test(
        "with few processes it promises too much",
        arguments: [(5, 0.80...0.87), (10, 0.87...0.92), (30, 0.91...0.96)])
    func coverage(processes: Int, expected: ClosedRange<Double>) throws {
        var generator = SeededGenerator(state: UInt64(processes))
        var held = 0
        for _ in 0..<1000 {
            let values = (0..<processes).map { _ in generator.normal(mean: 50, deviation: 2) }
            let bootstrap = try #require(
                ProcessBootstrap(values, resamples: 199, using: &generator, statistic: mean))
            held += bootstrap.interval.contains(50) ? 1 : 0
        }
        measured("bootstrap interval of the mean of \(processes) processes", held, of: 1000)
        #expect(expected.contains(Double(held) / 1000), "\(held)")
    }
}
