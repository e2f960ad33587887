import Statistics
import TestSupport
import Testing

@Suite("The normal distribution")
struct StandardNormalTests {
    @Test("quantiles are SciPy's, and the tail is their inverse", arguments: ScipyDistributionValues.normalQuantiles)
    func scipy(probability: Double, z: Double) {
        #expect(agree(StandardNormal.quantile(probability), z, within: 1e-12))
        #expect(agree(StandardNormal.upperTail(-z), probability, within: 1e-12))
        #expect(agree(StandardNormal.twoSidedProbability(z), 2 * min(probability, 1 - probability), within: 1e-12))
    }
}
