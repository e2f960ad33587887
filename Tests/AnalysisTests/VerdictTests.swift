import Auditing
import Experiments
import Testing
import TraceModel

@testable import Analysis

@Suite("A verdict is the worst finding that concerns it")
struct VerdictTests {
    func finding(
        _ severity: Finding.Severity, subject: String? = nil, cell: String? = nil, stage: Stage? = nil
    ) -> Finding {
        Finding(
            audit: "floor", severity: severity, subject: subject, cell: cell, stage: stage, sentence: "So.",
            remedy: "Do.")
    }

    @Test("a finding without a subject concerns every pairing, a note none")
    func byPairing() {
        let findings = [finding(.doubtful), finding(.invalid, subject: "by thread"), finding(.note)]
        let verdict = Verdict(of: findings, pairings: [.request, .thread])
        #expect(verdict.byPairing.map(\.level) == [.doubtful, .invalid])
        #expect(Verdict(of: [finding(.note)], pairings: [.request]).byPairing.map(\.level) == [.trusted])
    }

    static let claim = Hypothesis(
        statement: "It holds.", metric: .stage(.request, .all, .mean), pairing: .thread, claim: .below(1))

    @Test(
        "doubt about another cell, stage or pairing is not doubt about a hypothesis",
        arguments: [
            (nil, nil, nil, Verdict.Level.invalid), ("by thread", "runtime threads", Stage.request, .invalid),
            ("by request", nil, nil, .trusted), (nil, "runtime tasks", nil, .trusted),
            (nil, nil, Stage.persist, .trusted),
        ] as [(String?, String?, Stage?, Verdict.Level)])
    func hypothesis(subject: String?, cell: String?, stage: Stage?, level: Verdict.Level) {
        let findings = [finding(.invalid, subject: subject, cell: cell, stage: stage)]
        #expect(Verdict.Level(of: findings, for: Self.claim, cells: ["runtime threads"]) == level)
    }

    @Test("a claim along the pairing rests on both, and a count on the events by request")
    func pairings() {
        var claim = Self.claim
        claim.claim = .equivalent(along: .pairing, .relative(0.01))
        claim.pairing = .request
        #expect(Verdict.Level(of: [finding(.invalid, subject: "by thread")], for: claim, cells: []) == .invalid)
        claim.metric = .throughput
        claim.claim = .below(1)
        claim.pairing = .thread
        #expect(Verdict.Level(of: [finding(.invalid, subject: "by thread")], for: claim, cells: []) == .trusted)
        #expect(Verdict.Level(of: [finding(.doubtful, subject: "by request")], for: claim, cells: []) == .doubtful)
    }
}
