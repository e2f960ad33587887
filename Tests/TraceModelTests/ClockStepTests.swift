import TestSupport
import Testing

@testable import TraceModel

@Suite struct ClockStepTests {
    /// The step by Euclid's algorithm alone.
    private func commonDivisor(_ distances: [UInt64]) -> UInt64 {
        distances.reduce(0) { sum, distance in
            var (larger, smaller) = (sum, distance)
            while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
            return larger
        }
    }

    @Test(
        "the step is the greatest common divisor of all distances",
        arguments: [1, 2, 3, 4, 25, 50, 1 << 20, 4_000_000, 1 << 40, 3 << 60, 0xFFFF_FFFF_FFFF_FFFB] as [UInt64])
    func isGreatestCommonDivisor(factor: UInt64) {
        var random = SeededGenerator(state: factor)
        for _ in 0..<200 {
            let most = min(.max / factor, 1 << UInt64.random(in: 0...40, using: &random))
            let distances = (0..<50).map { _ in UInt64.random(in: 0...most, using: &random) * factor }
            var step = ClockStep()
            for distance in distances { step.add(distance) }
            let expected = commonDivisor(distances)
            if expected == 1 || distances.count(where: { $0 != 0 }) >= ClockStep.distancesNeeded {
                #expect(step.value == expected)
            } else {
                #expect(step.value == nil)
            }
        }
    }

    @Test("a single distance that is no multiple is seen after thousands that are, however near it is to one")
    func oneAmongMany() {
        for (step, odd, expected) in [(50, 75, 25), (1 << 30, (1 << 30) + (1 << 29), 1 << 29), (6, 9, 3)] {
            var found = ClockStep()
            for number in 1...5000 { found.add(UInt64(number * step)) }
            #expect(found.value == UInt64(step))
            found.add(UInt64(odd))
            #expect(found.value == UInt64(expected))
        }
    }
}
