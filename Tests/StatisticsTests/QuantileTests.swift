import Statistics
import Testing

@Suite("Quantiles")
struct QuantileTests {
    @Test("they are NumPy's, method median_unbiased", arguments: ScipyValues.durationQuantiles)
    func numpy(quantile: Double, value: Double) {
        let sorted = ScipyValues.durations.sorted()
        #expect(agree(Quantile.value(ofSorted: sorted, at: quantile), value, within: 1e-12))
    }

    @Test("one duration is every quantile of itself, and the ends are the smallest and the largest")
    func ends() {
        #expect(Quantile.value(ofSorted: [7], at: 0.99) == 7)
        #expect(Quantile.value(ofSorted: [1, 2, 9], at: 0) == 1)
        #expect(Quantile.value(ofSorted: [1, 2, 9], at: 1) == 9)
        #expect(Quantile.value(ofSorted: [1, 2, 9], at: 0.5) == 2)
        #expect(Quantile.value(ofSorted: [1, 2, 4, 9], at: 0.5) == 3)
    }
}
