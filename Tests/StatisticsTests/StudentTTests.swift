import Statistics
import Testing

@Suite("Student's t")
struct StudentTTests {
    @Test("the distribution is SciPy's", arguments: ScipyValues.cumulative)
    func cumulative(freedom: Double, t: Double, probability: Double) {
        let value = StudentT(degreesOfFreedom: freedom).cumulative(t)
        #expect(agree(value, probability, within: freedom > 10_000 ? 1e-9 : 1e-11), "\(value) is not \(probability)")
    }

    @Test("the quantiles are SciPy's", arguments: ScipyValues.quantiles)
    func quantiles(freedom: Double, probability: Double, t: Double) {
        let value = StudentT(degreesOfFreedom: freedom).quantile(probability)
        #expect(agree(value, t, within: 1e-10), "\(value) is not \(t)")
    }

    @Test("with one degree of freedom it is Cauchy's: three quarters lie below 1")
    func cauchy() {
        #expect(agree(StudentT(degreesOfFreedom: 1).cumulative(1), 0.75, within: 1e-14))
        #expect(agree(StudentT(degreesOfFreedom: 1).quantile(0.75), 1, within: 1e-12))
    }

    @Test("both tails together are twice one, and the median is zero")
    func symmetry() {
        let t = StudentT(degreesOfFreedom: 6)
        #expect(t.quantile(0.5) == 0)
        #expect(t.twoSidedProbability(-2) == 2 * t.cumulative(-2))
        #expect(agree(t.twoSidedProbability(t.quantile(0.975)), 0.05, within: 1e-12))
    }
}
