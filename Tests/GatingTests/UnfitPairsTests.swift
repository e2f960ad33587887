import Experiments
import Statistics
import TestSupport
import Testing

@testable import Gating

/// What no verdict may come from, and what has no spread.
@Suite("Pairs that are unfit for a verdict")
struct UnfitPairsTests {
    @Test("without values it says why there are none, and does not call that invalid")
    func obstacle() {
        var series = PairedSeries([])
        series.obstacle = "It is known of no process."
        var session = GateSession()
        let decision = session.run([series]).decision
        #expect(decision.verdict == .inconclusive)
        #expect(decision.metrics[0].reason == "It is known of no process.")
    }

    private func decision(_ series: PairedSeries...) -> GateDecision {
        var session = GateSession()
        return session.run(series).decision
    }

    @Test("an invalid measurement neither passes nor fails, whatever it shows", arguments: [0.0, 0.2])
    func invalid(effect: Double) {
        var source = Pairs(seed: 1, effect: effect, deviation: 0.002)
        let decision = decision(PairedSeries(source.pairs(90), invalidity: "the recorder dropped 3 events."))
        #expect(decision.verdict == .inconclusive)
        #expect(decision.pairCount == 12, "more pairs do not mend it")
        #expect(decision.reasons[0].hasSuffix("nothing follows from it: the recorder dropped 3 events."))
        #expect(decision.metrics[0].effect == nil && decision.metrics[0].interval == nil)
    }

    @Test("beside an invalid series another one can fail, and none can make all pass")
    func besideInvalid() {
        var (slow, same) = (Pairs(seed: 2, effect: 0.05, deviation: 0.004), Pairs(seed: 3, deviation: 0.002))
        let invalid = PairedSeries("a", same.pairs(90), invalidity: "it is.")
        #expect(decision(invalid, PairedSeries("b", slow.pairs(90))).verdict == .fail)
        #expect(decision(invalid, PairedSeries("b", same.pairs(90))).verdict == .inconclusive)
    }

    @Test("zero or less has no ratio, and the advice is an absolute band", arguments: [0.0, -3])
    func nonPositive(value: Double) {
        var source = Pairs(seed: 4)
        var pairs = source.pairs(90)
        pairs[5].candidate = value
        let found = decision(PairedSeries(pairs))
        #expect(found.verdict == .inconclusive)
        #expect(found.reasons[0].contains("declare an absolute band"))
        #expect(decision(PairedSeries(band: Band(.absolute(1e9)), pairs)).verdict == .pass)
    }

    @Test(
        "values that are no finite number, or too large for a spread, are inconclusive",
        arguments: [Double.nan, .infinity, -.infinity, .greatestFiniteMagnitude])
    func nonFinite(value: Double) {
        var source = Pairs(seed: 5)
        var pairs = source.pairs(90)
        pairs[2].baseline = value
        let found = decision(PairedSeries(band: Band(.absolute(5)), pairs))
        #expect(found.verdict == .inconclusive)
        #expect(found.reasons[0].contains("finite number"))
    }

    @Test("blocks that gave no pair are counted, and a series with one pair or none has no spread")
    func missingPairs() {
        var source = Pairs(seed: 6, deviation: 0.002)
        let pairs = source.pairs(90)
        let most = decision(PairedSeries(pairs.filter { $0.block % 3 > 0 }))
        #expect(most.verdict == .pass && most.metrics[0].pairCount == 12, "8 pairs of 12 blocks are too few for a pass")
        let few = decision(PairedSeries(pairs.filter { $0.block % 6 == 0 }))
        #expect(few.verdict == .inconclusive && few.metrics[0].pairCount == 10)
        #expect(few.reasons[0].hasSuffix("lies inside the band of 1 %, but a pass takes 12 pairs or more."))
        let one = decision(PairedSeries([pairs[0]]))
        #expect(one.verdict == .inconclusive)
        #expect(one.reasons[0].contains("one pair"))
        #expect(decision(PairedSeries([])).reasons[0].contains("no pairs"))
    }

    @Test("pairs that are all equal pass at once")
    func equal() {
        let found = decision(PairedSeries(PairedSeries.constant(5, 5, count: 90)))
        #expect(found.verdict == .pass)
        #expect(found.metrics[0].interval == Interval(lowerBound: 1, upperBound: 1))
        let zero = decision(PairedSeries(band: Band(.absolute(1)), PairedSeries.constant(0, 0, count: 90)))
        #expect(zero.verdict == .pass)
    }

    @Test("a constant shift beyond the band, without any spread, fails only after pairs enough for random signs")
    func constantShift() {
        let series = PairedSeries(band: Band(.absolute(1)), PairedSeries.constant(10, 14, count: 90))
        #expect(decision(series).verdict == .fail)
        let design = SequentialDesign(minimumPairs: 4, pairStep: 2, maximumPairs: 8, confirmationPairs: 8)
        var few = GateSession(design: design)
        let (found, asked) = few.run([series])
        #expect(asked == [4, 6, 8, 12, 14], "2⁻⁴ and 2⁻⁶ are more than the first looks may spend")
        #expect(found.verdict == .fail)
        var tiny = GateSession(design: SequentialDesign(minimumPairs: 4, maximumPairs: 4))
        let undecided = tiny.run([series]).decision
        #expect(undecided.verdict == .inconclusive)
        #expect(undecided.metrics[0].pairsMissing == 2)
        #expect(undecided.reasons[0].contains("about 2 more pairs"))
        // At the edge itself nothing is beyond.
        let edge = PairedSeries(band: Band(.absolute(4)), PairedSeries.constant(10, 14, count: 90))
        #expect(decision(edge).verdict == .pass)
    }
}
