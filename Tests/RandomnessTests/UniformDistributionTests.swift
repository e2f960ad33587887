import Testing

@testable import Randomness

@Suite("UniformDistribution")
struct UniformDistributionTests {
    @Test("the first draws between 45 ms and 55 ms are these")
    func firstDraws() {
        let distribution = UniformDistribution(lowerBoundMicroseconds: 45_000, upperBoundMicroseconds: 55_000)
        let sample = DistributionSample(count: 5, seed: 1) { distribution.drawMicroseconds(from: &$0) }
        #expect(sample.microseconds == [51_092, 54_599, 49_412, 52_550, 45_263])
    }

    @Test("both bounds occur, nothing outside does, and all values are equally likely")
    func evenness() {
        let distribution = UniformDistribution(lowerBoundMicroseconds: 7, upperBoundMicroseconds: 16)
        let sample = DistributionSample(count: 20_000, seed: 4) { distribution.drawMicroseconds(from: &$0) }
        var cells = [Int](repeating: 0, count: 10)
        for value in sample.microseconds { cells[Int(value - 7)] += 1 }
        // Chi-square with 9 degrees of freedom, 99.9 % point 27.88.
        #expect(cells.reduce(0) { $0 + (Double($1) - 2000) * (Double($1) - 2000) / 2000 } < 27.88, "seed 4, \(cells)")
    }

    @Test("mean and standard deviation are (a + b)/2 and √(((b − a + 1)² − 1)/12)")
    func moments() {
        let distribution = UniformDistribution(lowerBoundMicroseconds: 45_000, upperBoundMicroseconds: 55_000)
        #expect(distribution.mean == .milliseconds(50))
        let sample = DistributionSample(count: 20_000, seed: 2) { distribution.drawMicroseconds(from: &$0) }
        let deviation = ((10_001.0 * 10_001 - 1) / 12).squareRoot()
        #expect(abs(sample.mean - 50_000) < 4 * deviation / 20_000.0.squareRoot(), "seed 2")
        #expect(abs(sample.standardDeviation / deviation - 1) < 0.02, "seed 2")
    }

    @Test("a range of one value is that value")
    func oneValue() {
        let distribution = UniformDistribution(lowerBoundMicroseconds: 9, upperBoundMicroseconds: 9)
        let sample = DistributionSample(count: 10, seed: 1) { distribution.drawMicroseconds(from: &$0) }
        #expect(sample.microseconds == [Int64](repeating: 9, count: 10))
    }
}
