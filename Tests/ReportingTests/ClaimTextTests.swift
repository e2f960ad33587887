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

    @Test(
        "what was wanted is said in a few words",
        arguments: [
            (.near(50e6, .absolute(1e6)), "50 ms ± 1 ms"), (.near(50e6, .relative(0.02)), "50 ms ± 2 %"),
            (.below(1e6), "below 1 ms"), (.above(1e6), "above 1 ms"),
            (.equivalent(along: .pairing, .relative(0.02)), "equal to within 2 %"),
            (.varies(along: .pairing, byMoreThan: 2), "a ratio above 2"), (.rises(along: .pairing), "a rise"),
            (.falls(along: .pairing), "a fall"),
        ] as [(Hypothesis.Claim, String)])
    func wanted(claim: Hypothesis.Claim, expected: String) {
        let hypothesis = Hypothesis(statement: "s", metric: .stage(.persist, .all, .mean), claim: claim)
        #expect(ClaimText(hypothesis).wanted == expected)
    }

    @Test("a metric of the whole process names no pairing")
    func wholeProcess() {
        let hypothesis = Hypothesis(statement: "s", metric: .blockedShare, claim: .below(0.9))
        #expect(ClaimText(hypothesis).text == "share of blocked requests, lies below 90 % in each cell")
    }

    @Test("an absolute tolerance of a share is in points, a relative one in percent")
    func points() {
        func wanted(_ tolerance: Hypothesis.Tolerance) -> String {
            ClaimText(Hypothesis(statement: "It holds.", metric: .blockedShare, claim: .near(0.377, tolerance))).wanted
        }
        #expect(wanted(.absolute(0.2)) == "37.7 % ± 20 points")
        #expect(wanted(.relative(0.2)) == "37.7 % ± 20 %")
    }
}
