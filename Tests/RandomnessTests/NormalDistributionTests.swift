import Glibc
import Testing

@testable import Randomness

@Suite("NormalDistribution")
struct NormalDistributionTests {
    /// From 40 digits (mpmath 1.3: √2 · erfinv(2p − 1) of the double p), confirmed by scipy 1.17 `ndtri`.
    @Test(
        "the quantile agrees with the true one to 15 digits, in the middle, between and in the tails",
        arguments: [
            (0x1p-53, -8.209536151601387), (1e-15, -7.941345326170997), (1e-10, -6.361340902404057),
            (1e-5, -4.264890793922825), (0.001, -3.0902323061678136), (0.025, -1.9599639845400543),
            (0.074, -1.4466320671589785), (0.076, -1.4325027208258116), (0.25, -0.6744897501960817),
            (0.75, 0.6744897501960817), (0.924, 1.4325027208258119), (0.926, 1.4466320671589787),
            (0.975, 1.9599639845400538), (0.999, 3.090232306167813), (0.99999, 4.264890793923841),
        ])
    func quantiles(probability: Double, quantile: Double) {
        #expect(abs(standardNormalQuantile(probability) / quantile - 1) < 1e-15)
    }

    @Test("the median of the standard normal distribution is zero")
    func median() {
        #expect(standardNormalQuantile(0.5) == 0)
    }

    @Test("the first draws of normal(10 ms, 5 ms) are these")
    func firstDraws() {
        let distribution = NormalDistribution(mean: .milliseconds(10), standardDeviation: .milliseconds(5))
        let sample = DistributionSample(count: 5, seed: 1) { distribution.drawMicroseconds(from: &$0) }
        #expect(sample.microseconds == [11_386, 18_742, 9260, 13_452, 312])
    }

    @Test("a sample has the mean, the deviation and the distribution function", arguments: [1, 2, 3] as [UInt64])
    func distributionFunction(seed: UInt64) {
        let distribution = NormalDistribution(mean: .seconds(60), standardDeviation: .seconds(5))
        let sample = DistributionSample(count: 20_000, seed: seed) { distribution.drawMicroseconds(from: &$0) }
        #expect(abs(sample.mean - 60e6) < 4 * 5e6 / 20_000.0.squareRoot())
        // The relative standard error of a normal sample's deviation is 1/√(2n) = 0.005.
        #expect(abs(sample.standardDeviation / 5e6 - 1) < 0.02)
        #expect(sample.kolmogorovSmirnov { 0.5 * erfc((60e6 - $0) / (5e6 * 2.0.squareRoot())) } < 1.95)
    }

    @Test("without a deviation every draw is the mean, rounded to whole microseconds")
    func noDeviation() {
        let distribution = NormalDistribution(mean: .nanoseconds(2500), standardDeviation: .zero)
        let sample = DistributionSample(count: 3, seed: 1) { distribution.drawMicroseconds(from: &$0) }
        #expect(sample.microseconds == [3, 3, 3])
    }

    @Test("standard normal numbers have mean 0, deviation 1 and the distribution function")
    func standard() {
        var stream = RandomStream(seed: 3, name: "normal")
        let values = (0..<20_000).map { _ in stream.nextNormal() }.sorted()
        let mean = values.reduce(0, +) / 20_000
        let meanSquare = values.map { $0 * $0 }.reduce(0, +) / 20_000
        // Four standard errors, 1/√n and √(2/n).
        #expect(abs(mean) < 0.028)
        #expect(abs(meanSquare - 1) < 0.04)
        // Kolmogorov's distance; beyond 1.95/√n with a probability of 0.001.
        var distance = 0.0
        for (rank, value) in values.enumerated() {
            let cumulative = 0.5 * erfc(-value / 2.0.squareRoot())
            let empirical = (Double(rank) + 0.5) / 20_000
            distance = max(distance, abs(cumulative - empirical))
        }
        #expect(distance < 0.0137)
    }
}
