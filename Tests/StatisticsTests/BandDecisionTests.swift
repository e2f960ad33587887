import Statistics
import Testing

@Suite("Intervals against bands")
struct BandDecisionTests {
    @Test(
        "only the whole interval decides",
        arguments: [
            (1.0, 2.0, BandDecision.inside), (1.2, 1.8, .inside), (0.5, 1.5, .undecided), (0.0, 3.0, .undecided),
            (2.0, 3.0, .undecided), (2.1, 3.0, .outside), (0.0, 0.9, .outside),
        ])
    func decision(low: Double, high: Double, expected: BandDecision) {
        let band = Interval(lowerBound: 1, upperBound: 2)
        #expect(BandDecision(Interval(lowerBound: low, upperBound: high), within: band) == expected)
    }
}
