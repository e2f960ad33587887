import Statistics
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Bounds of proportions")
struct ProportionBoundTests {
    @Test("seen never, the bound solves (1 − p)ⁿ = 1 − confidence", arguments: [1, 20, 200, 5000])
    func never(total: Int) {
        let bound = ProportionBound.upper(count: 0, of: total)
        #expect(abs(bound - (1 - pow(0.05, 1 / Double(total)))) < 1e-12)
    }

    @Test(
        "under the bound, as many as were seen or fewer have just the probability that is left", arguments: [1, 4, 17])
    func tail(count: Int) {
        let (total, confidence) = (40, 0.95)
        let bound = ProportionBound.upper(count: count, of: total, confidence: confidence)
        var term = pow(1 - bound, Double(total))
        var sum = term
        for k in 1...count {
            term *= Double(total - k + 1) / Double(k) * bound / (1 - bound)
            sum += term
        }
        #expect(abs(sum - (1 - confidence)) < 1e-10)
    }

    @Test("seen each time there is no bound but 1")
    func always() {
        #expect(ProportionBound.upper(count: 7, of: 7) == 1)
    }
}
