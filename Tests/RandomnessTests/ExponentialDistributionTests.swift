import Glibc
import Testing

@testable import Randomness

@Suite("ExponentialDistribution")
struct ExponentialDistributionTests {
    @Test("the first draws of exponential(10 ms) are these")
    func firstDraws() {
        let distribution = ExponentialDistribution(mean: .milliseconds(10))
        let sample = DistributionSample(count: 5, seed: 1) { distribution.drawMicroseconds(from: &$0) }
        #expect(sample.microseconds == [4956, 410, 8183, 2810, 36_370])
    }

    @Test("a sample has the mean, the deviation and the distribution function", arguments: [1, 2, 3] as [UInt64])
    func distributionFunction(seed: UInt64) {
        let distribution = ExponentialDistribution(mean: .seconds(10))
        let sample = DistributionSample(count: 20_000, seed: seed) { distribution.drawMicroseconds(from: &$0) }
        // Mean and deviation are equal; their relative standard errors are 1/√n and √(2/n) (kurtosis 9).
        #expect(abs(sample.mean / 10e6 - 1) < 4 / 20_000.0.squareRoot())
        #expect(abs(sample.standardDeviation / 10e6 - 1) < 4 * (2.0 / 20_000).squareRoot())
        #expect(sample.kolmogorovSmirnov { 1 - exp(-$0 / 10e6) } < 1.95)
    }

    @Test("the largest draw is finite and the smallest is zero or more")
    func extremes() {
        let longest = ExponentialDistribution(mean: .seconds(3_600_000))
        let sample = DistributionSample(count: 1000, seed: 6) { longest.drawMicroseconds(from: &$0) }
        #expect(sample.microseconds.allSatisfy { $0 >= 0 })
        // −ln 2⁻⁵³ = 36.74 means at most.
        #expect(sample.microseconds.allSatisfy { $0 <= 37 * 3_600_000 * 1_000_000 })
    }
}
