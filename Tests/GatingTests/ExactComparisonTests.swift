import Experiments
import Statistics
import Testing

@testable import Gating

@Suite("ExactComparison")
struct ExactComparisonTests {
    private func series(
        _ baseline: [Double], _ candidate: [Double], band: Band = Band(.relative(0.01)), invalidity: String? = nil
    ) -> BaselineSeries {
        BaselineSeries(
            cell: "clients 8", metric: "request.mean", direction: .higherIsWorse, dimension: .duration, band: band,
            baseline: [.init(name: "committed", values: Self.trials(baseline))], candidate: Self.trials(candidate),
            invalidity: invalidity)
    }

    private static func trials(_ values: [Double]) -> [BaselineSeries.TrialValue] {
        values.enumerated().map { .init(block: $0.offset, value: $0.element) }
    }

    @Test("the same bits pass, and the number of identical values is said")
    func same() {
        let decision = ExactComparison.decision([series([5e7, 6e7, 7e7], [5e7, 6e7, 7e7])])
        #expect(decision.verdict == .pass)
        #expect(
            decision.metrics[0].reason
                == "+0.00 % on average over 3 trials, inside the band of 1 %; "
                + "3 of 3 values are identical to the last bit.")
        #expect(decision.metrics[0].effect == 1)
        #expect(decision.metrics[0].interval == nil && decision.metrics[0].confidence == nil)
        #expect(decision.pairCount == 3)
    }

    @Test(
        "a mean beyond the band fails, however the trials scatter; inside it passes; beyond on the good side improved")
    func judged() {
        let worse = ExactComparison.decision([series([5e7, 6e7], [5.4e7, 6e7])])
        #expect(worse.verdict == .fail)
        #expect(
            worse.reasons == [
                "request.mean, clients 8: Worse: +3.92 % on average over 2 trials, beyond the band of 1 %; "
                    + "1 of 2 values are identical to the last bit."
            ])
        #expect(ExactComparison.decision([series([5e7, 6e7], [5.05e7, 6e7])]).verdict == .pass)
        let better = ExactComparison.decision([series([5e7], [4e7])])
        #expect(better.verdict == .pass)
        #expect(better.metrics[0].isImproved)
        #expect(better.reasons[0].contains("Improved: -20.00 % on average over 1 trial, "))
    }

    @Test("other draws move single trials up and down, and the mean is judged")
    func otherDraws() {
        let decision = ExactComparison.decision([series([5e7, 6e7, 7e7], [5.3e7, 5.66e7, 7.01e7])])
        #expect(decision.verdict == .pass)
        #expect(decision.metrics[0].reason.contains("0 of 3 values"))
    }

    @Test("an absolute band judges the difference in the metric's unit")
    func absolute() {
        let band = Band(.absolute(1e6))
        #expect(ExactComparison.decision([series([0, 5e7], [0, 5.1e7], band: band)]).verdict == .pass)
        let worse = ExactComparison.decision([series([0, 5e7], [0, 5.3e7], band: band)])
        #expect(worse.verdict == .fail)
        #expect(worse.metrics[0].reason.hasPrefix("Worse: +1.500 ms on average over 2 trials, beyond the band of 1 ms"))
    }

    @Test("what is unlike, invalid or without a ratio is inconclusive and says what to do")
    func inconclusive() {
        let cases: [(BaselineSeries, String)] = [
            (series([1, 2], [1]), "they are not the same ones"),
            (series([1], []), "No trial of the candidate"),
            (series([1, 0], [1, 1]), "declare an absolute band"),
            (series([1, 2], [1, .nan]), "no finite number"),
            (series([1], [9], invalidity: "events were dropped."), "events were dropped."),
        ]
        for (series, sentence) in cases {
            let decision = ExactComparison.decision([series])
            #expect(decision.verdict == .inconclusive)
            #expect(decision.reasons[0].contains(sentence), "\(decision.reasons)")
        }
        var many = series([1], [1])
        many.baseline.append(many.baseline[0])
        #expect(ExactComparison.decision([many]).reasons[0].contains("this one has 2"))
        #expect(ExactComparison.decision([]).verdict == .inconclusive)
    }
}
