import Statistics
import TestSupport
import Testing

@Suite("Test by random signs")
struct SignFlipTestTests {
    @Test("all choices of signs give SciPy's probability", arguments: GroupSequentialValues.signFlips.indices)
    func exact(index: Int) {
        var generator = SeededGenerator(state: 1)
        let (mean, probability) = GroupSequentialValues.signFlips[index]
        let test = SignFlipTest(GroupSequentialValues.differences, meanAbove: mean, using: &generator)
        #expect(test.isExact)
        #expect(test.probability == probability)
        #expect(generator.state == 1, "an exact test needs no randomness")
    }

    @Test("differences of one sign are the rarest choice, equal ones as well; without any, every choice is as large")
    func extremes() {
        var generator = SeededGenerator(state: 1)
        #expect(SignFlipTest([1, 2, 3, 4, 5], using: &generator).probability == 1.0 / 32)
        #expect(SignFlipTest([0.1, 0.1, 0.1, 0.1], using: &generator).probability == 1.0 / 16)
        #expect(SignFlipTest([-1, -2, -3], using: &generator).probability == 1)
        #expect(SignFlipTest([0, 0, 0], using: &generator).probability == 1)
        #expect(SignFlipTest([7], using: &generator).probability == 0.5)
        #expect(SignFlipTest([Double](repeating: 0.3, count: 30), using: &generator).probability == 0x1p-30)
    }

    @Test("beyond 30 differences random choices come close to all, and the seed fixes them")
    func monteCarlo() {
        var normal = SeededGenerator(state: 4)
        // A difference of zero adds nothing under either sign: all choices for 30 are the truth for 31.
        let differences = (0..<30).map { _ in normal.normal(mean: 0.25) }
        var (one, other) = (SeededGenerator(state: 9), SeededGenerator(state: 9))
        let truth = SignFlipTest(differences, using: &one).probability
        let test = SignFlipTest(differences + [0], using: &one)
        #expect(!test.isExact)
        #expect(test == SignFlipTest(differences + [0], using: &other))
        #expect(abs(test.probability - truth) < 4 * (truth * (1 - truth) / 99_999).squareRoot() + 1e-5)
        let rare = SignFlipTest(differences + [0, 1], meanAbove: -9, draws: 99, using: &one)
        #expect(rare.probability == 0.01, "the signs as they were count as one choice")
    }

    @Test("symmetric differences of mean zero, heavy-tailed ones too, fall below 5 % in 5 % of 2,000 samples")
    func size() {
        var generator = SeededGenerator(state: 31)
        var found = 0
        for _ in 0..<2000 {
            let differences = (0..<14).map { _ in generator.normal() / generator.normal() }
            found += SignFlipTest(differences, using: &generator).probability <= 0.05 ? 1 : 0
        }
        measured("sign flips of 14 Cauchy differences below 5 %", found, of: 2000)
        // 100 expected; four standard deviations are 39.
        #expect((61...139).contains(found))
    }
}
