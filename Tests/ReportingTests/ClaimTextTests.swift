import Experiments
import Testing
import TraceModel

@testable import Reporting

@Suite("a hypothesis' rule in words")
struct ClaimTextTests {
    @Test(
        "every claim has its words",
        arguments: [
            (.near(50e6, .absolute(1e6)), "by thread, lies within 1 ms of 50 ms in each cell"),
            (.near(60.042e6, .relative(0.03)), "by thread, lies within 3 % of 60.042 ms in each cell"),
            (.below(1e6), "by thread, lies below 1 ms in each cell"),
            (.above(49.999e6), "by thread, lies above 49.999 ms in each cell"),
            (
                .equivalent(along: .factor("clients"), .relative(0.02)),
                "by thread, differs by no more than 2 % between any two levels of clients"
            ),
            (.equivalent(along: .pairing, .absolute(1e6)), "differs by no more than 1 ms between any two pairings"),
            (
                .varies(along: .factor("clients"), byMoreThan: 2),
                "by thread, differs by more than a factor of 2 between levels of clients"
            ),
            (.rises(along: .factor("clients")), "by thread, rises from each to the next of the levels of clients"),
            (.falls(along: .factor("clients")), "by thread, falls from each to the next of the levels of clients"),
        ] as [(Hypothesis.Claim, String)])
    func claims(claim: Hypothesis.Claim, expected: String) {
        let hypothesis = Hypothesis(
            statement: "s", metric: .stage(.persist, .all, .mean), pairing: .thread, claim: claim)
        #expect(ClaimText(hypothesis).text == "persist: mean, \(expected)")
    }

    @Test("a metric of the whole process names no pairing")
    func wholeProcess() {
        let hypothesis = Hypothesis(statement: "s", metric: .blockedShare, claim: .below(0.9))
        #expect(ClaimText(hypothesis).text == "share of blocked requests, lies below 90 % in each cell")
    }
}
