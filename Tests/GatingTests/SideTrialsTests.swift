import Experiments
import Testing

@testable import Gating

@Suite("Lost trials and repeated attempts")
struct SideTrialsTests {
    private static func trials(_ side: Side, lost: Int, repeated: Int) -> SideTrials {
        SideTrials(side: side, trialCount: 12, lostCount: lost, repeatedCount: repeated)
    }

    private static func decision(effect: Double) -> GateDecision {
        var source = Pairs(seed: 1, effect: effect, deviation: 0.002)
        var session = GateSession()
        return session.run([PairedSeries(source.pairs(90))]).decision
    }

    @Test("a candidate that lost more than its baseline does not pass, and neither does any of its metrics")
    func more() {
        let held = Self.decision(effect: 0).heldAgainst([
            Self.trials(.baseline, lost: 0, repeated: 1), Self.trials(.candidate, lost: 2, repeated: 3),
        ])
        #expect(held.verdict == .inconclusive)
        #expect(held.metrics.map(\.verdict) == [.inconclusive])
        #expect(
            held.reasons == [
                "The candidate lost 2 of 12 trials and repeated 3 attempts, the baseline lost 0 of 12 trials and repeated 1 "
                    + "attempt: what came through may be its better part, so that it cannot pass.",
                "Every metric lies inside its band.",
                "By 12 pairs what befalls up to 22 % of the processes can be missed.",
            ])
    }

    @Test("a repeated attempt counts as well as a lost trial; as many on both sides leave the verdict as it is")
    func kinds() {
        let pass = Self.decision(effect: 0)
        for (baseline, candidate, verdict) in [
            ((0, 0), (0, 1), GateVerdict.inconclusive), ((0, 2), (1, 0), .inconclusive), ((1, 1), (1, 1), .pass),
            ((2, 0), (0, 2), .pass), ((1, 1), (0, 0), .pass), ((3, 0), (2, 0), .inconclusive),
        ] as [((Int, Int), (Int, Int), GateVerdict)] {
            let held = pass.heldAgainst([
                Self.trials(.baseline, lost: baseline.0, repeated: baseline.1),
                Self.trials(.candidate, lost: candidate.0, repeated: candidate.1),
            ])
            #expect(held.verdict == verdict, "\(baseline) \(candidate)")
        }
    }

    @Test("a stored baseline lost none, and a failure stays one, with the loss beside it")
    func stored() {
        let lost = Self.trials(.candidate, lost: 0, repeated: 1)
        #expect(Self.decision(effect: 0).heldAgainst([lost]).verdict == .inconclusive)
        let failed = Self.decision(effect: 0.05)
        let held = failed.heldAgainst([lost])
        #expect(held.verdict == .fail && held.metrics == failed.metrics)
        #expect(held.reasons.count == 2 && held.reasons[1].contains("the stored baseline lost none"))
    }

    @Test("without the candidate's trials nothing changes")
    func none() {
        let pass = Self.decision(effect: 0)
        #expect(pass.heldAgainst([]) == pass)
    }
}
