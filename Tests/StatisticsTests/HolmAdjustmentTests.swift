import Statistics
import Testing

@Suite("Holm's correction")
struct HolmAdjustmentTests {
    @Test("it is the step-down rule, in the order given")
    func reference() {
        for (value, expected) in zip(HolmAdjustment.adjusted(ScipyValues.probabilities), ScipyValues.holm) {
            #expect(agree(value, expected, within: 1e-14))
        }
    }

    @Test("a worked example: 0.01, 0.02, 0.03 become 0.03, 0.04, 0.04, and nothing rises above 1")
    func worked() {
        #expect(HolmAdjustment.adjusted([0.02, 0.01, 0.03]) == [0.04, 0.03, 0.04])
        #expect(HolmAdjustment.adjusted([0.6, 0.9]) == [1, 1])
        #expect(HolmAdjustment.adjusted([]) == [])
    }

    @Test("among 10 true hypotheses it raises a false alarm in at most 5 % of 2,000 runs, uncorrected in 40 %")
    func falseAlarms() {
        var generator = SeededGenerator(state: 10)
        var (corrected, uncorrected) = (0, 0)
        for _ in 0..<2000 {
            let probabilities = (0..<10).map { _ in Double.random(in: 0..<1, using: &generator) }
            if probabilities.contains(where: { $0 < 0.05 }) { uncorrected += 1 }
            if HolmAdjustment.adjusted(probabilities).contains(where: { $0 < 0.05 }) { corrected += 1 }
        }
        #expect(corrected <= 130)
        #expect((700...900).contains(uncorrected))
    }
}
