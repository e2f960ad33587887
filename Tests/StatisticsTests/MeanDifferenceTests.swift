import Statistics
import TestSupport
import Testing

@Suite("Two independent means")
struct MeanDifferenceTests {
    // Student 1908, the sleep gained with two drugs, as R ships it; `t.test(extra ~ group, data = sleep)` prints the interval.
    private let first = Moments([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    private let second = Moments([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])

    @Test("the interval is that of R's Welch test")
    func published() throws {
        let found = try #require(MeanDifference(of: first, and: second, confidence: 0.95))
        #expect(abs(found.difference - -1.58) < 1e-12)
        #expect(abs(found.interval.lowerBound - -3.3654832) < 5e-8)
        #expect(abs(found.interval.upperBound - 0.2054832) < 5e-8)
        #expect(found.holdsZero)
    }

    @Test("exchanging the two turns the sign, and less confidence may exclude zero")
    func symmetry() throws {
        let found = try #require(MeanDifference(of: first, and: second, confidence: 0.9))
        let turned = try #require(MeanDifference(of: second, and: first, confidence: 0.9))
        #expect(found.interval.lowerBound == -turned.interval.upperBound)
        #expect(!found.holdsZero)
        #expect(!turned.holdsZero)
    }

    @Test("values that are all alike leave no uncertainty; a single value says nothing")
    func degenerate() throws {
        let same = try #require(MeanDifference(of: Moments([3, 3]), and: Moments([3, 3, 3]), confidence: 0.99))
        #expect(same.holdsZero)
        let other = try #require(MeanDifference(of: Moments([3, 3]), and: Moments([4, 4]), confidence: 0.99))
        #expect(other.interval == Interval(lowerBound: -1, upperBound: -1))
        #expect(!other.holdsZero)
        #expect(MeanDifference(of: Moments([3]), and: second, confidence: 0.99) == nil)
    }

    @Test("the 99 % interval holds the truth in 98–100 % of 2,000 samples of unequal variance", arguments: [3, 5, 12])
    func coverage(count: Int) throws {
        var generator = SeededGenerator(state: UInt64(count))
        var held = 0
        for _ in 0..<2000 {
            let first = Moments((0..<count).map { _ in generator.normal(mean: 10, deviation: 1) })
            let second = Moments((0..<2 * count).map { _ in generator.normal(mean: 10, deviation: 3) })
            let found = try #require(MeanDifference(of: first, and: second, confidence: 0.99))
            held += found.holdsZero ? 1 : 0
        }
        #expect((0.98...1).contains(Double(held) / 2000), "seed \(count): \(held)")
    }
}
