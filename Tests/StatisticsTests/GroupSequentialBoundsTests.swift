import Statistics
import TestSupport
import Testing

@Suite("Bounds of a test that looks several times")
struct GroupSequentialBoundsTests {
    @Test("they agree with an independent quadrature to 1e-7", arguments: GroupSequentialValues.cases.indices)
    func reference(index: Int) {
        let expected = GroupSequentialValues.cases[index]
        let found = GroupSequentialBounds(
            errorRate: expected.errorRate, fractions: expected.fractions, spending: expected.spending)
        #expect(found.looks.count == expected.bounds.count)
        for (look, bound) in zip(found.looks, expected.bounds) { #expect(abs(look.bound - bound) < 1e-7) }
    }

    /// DeMets & Lan 1994, doi:10.1002/sim.4780131308, for 5 even looks and two-sided 0.05: O'Brien–Fleming-type 4.88, 3.36,
    /// 2.68, 2.29, 2.03; linear 2.58, 2.49, 2.41, 2.34, 2.28. `ldbounds` and `gsDesign` print the same.
    @Test("they are the published ones")
    func published() {
        let fractions = [0.2, 0.4, 0.6, 0.8, 1]
        func rounded(_ spending: GroupSequentialBounds.Spending) -> [Double] {
            GroupSequentialBounds(errorRate: 0.025, fractions: fractions, spending: spending).looks.map {
                ($0.bound * 100).rounded() / 100
            }
        }
        #expect(rounded(.obrienFleming) == [4.88, 3.36, 2.68, 2.29, 2.03])
        #expect(rounded(.power(1)) == [2.58, 2.49, 2.41, 2.34, 2.28])
    }

    @Test("one look spends all at the usual quantile; all looks together spend all")
    func single() {
        let one = GroupSequentialBounds(errorRate: 0.025, fractions: [1], spending: .power(1.5))
        #expect(abs(one.looks[0].bound - 1.959963984540054) < 1e-12)
        #expect(abs(one.looks[0].nominalLevel - 0.025) < 1e-14)
        let many = GroupSequentialBounds(errorRate: 0.01, fractions: [0.3, 0.9, 1], spending: .obrienFleming)
        #expect(many.looks.last?.spent == 0.01)
        #expect(many.looks.allSatisfy { $0.nominalLevel < 0.01 })
    }

    @Test("a look at which next to nothing may be spent has a bound far out, and later ones do not suffer")
    func tinySpending() {
        let bounds = GroupSequentialBounds(errorRate: 0.025, fractions: [0.01, 1], spending: .obrienFleming).looks
        #expect(bounds[0].bound > 20)
        #expect(abs(bounds[1].bound - 1.959963984540054) < 1e-7)
    }

    /// The significance-level approach: the nominal levels are those of the normal case, the test is Student's.
    @Test("with Student's t the looks together cross in 2.5 % of samples without an effect")
    func studentCrossing() {
        var generator = SeededGenerator(state: 21)
        let pairs = Array(stride(from: 12, through: 60, by: 6))
        let levels = GroupSequentialBounds(
            errorRate: 0.025, fractions: pairs.map { Double($0) / 60 }, spending: .power(1.5)
        ).looks.map(\.nominalLevel)
        let quantiles = zip(pairs, levels).map { StudentT(degreesOfFreedom: Double($0 - 1)).quantile(1 - $1) }
        var (crossed, peeked) = (0, 0)
        let five = pairs.map { StudentT(degreesOfFreedom: Double($0 - 1)).quantile(0.975) }
        for _ in 0..<8000 {
            var (moments, isCrossed, isPeeked) = (Moments(), false, false)
            for (look, count) in pairs.enumerated() {
                while moments.count < count { moments.add(generator.normal()) }
                let t = moments.mean / (moments.standardDeviation! / Double(count).squareRoot())
                isCrossed = isCrossed || t > quantiles[look]
                isPeeked = isPeeked || t > five[look]
            }
            crossed += isCrossed ? 1 : 0
            peeked += isPeeked ? 1 : 0
        }
        measured("group-sequential crossing, one-sided 2.5 %", crossed, of: 8000)
        measured("the same looks at 2.5 % each", peeked, of: 8000)
        // 200 expected; four standard deviations are 56.
        #expect((144...256).contains(crossed))
        #expect(peeked > 2 * 256)
    }
}
