import Statistics
import Testing

@Suite("Sample sizes")
struct SampleSizeTests {
    @Test("the smallest samples are those of the binomial distribution", arguments: ScipyValues.sampleSizes)
    func binomial(percentile: Double, minimum: Int) {
        #expect(SampleSize.minimum(forPercentile: percentile) == minimum)
    }

    @Test("they are the published ones", arguments: [(50.0, 11), (90.0, 64), (99.0, 662)])
    func published(percentile: Double, minimum: Int) {
        #expect(SampleSize.minimum(forPercentile: percentile) == minimum)
    }
}
