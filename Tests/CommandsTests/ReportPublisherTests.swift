import Analysis
import Experiments
import Testing
import TraceModel

@testable import Commands

@Suite("What a run says on standard output")
struct ReportPublisherTests {
    @Test("one line: the answers, the verdicts, and where the report is")
    func line() {
        let schedule = Schedule(
            trials: 1, warmUpNanoseconds: 0, measureNanoseconds: 1, timeLimitNanoseconds: 1, retries: 0)
        let declaration = Declaration(
            name: "story", question: "Why?", program: .systemSimulator, fixed: [], factors: [],
            schedules: ["full": schedule], stages: [.persist], pairings: [.request, .thread])
        let plan = Plan(
            experiment: "story", profile: "full", seed: 1, declarationDigest: "", program: "system-simulator",
            schedule: schedule, cells: [], trials: [])
        let claim = Hypothesis(statement: "It holds.", metric: .throughput, claim: .above(1))
        let summary = ExperimentSummary(
            declaration: declaration, plan: plan,
            verdict: Verdict(
                byPairing: [.init(pairing: .request, level: .trusted), .init(pairing: .thread, level: .invalid)]),
            findings: [],
            hypotheses: [
                HypothesisOutcome(hypothesis: claim, answer: .supported, figures: []),
                HypothesisOutcome(hypothesis: claim, answer: .undecided, figures: []),
            ], cells: [], missingTrials: [], provenances: [], startedAt: nil)
        #expect(
            ReportPublisher.line(summary, "Results/story/report.md")
                == "story: 1 supported, 0 refuted, 1 undecided; by request trusted, by thread invalid: "
                + "Results/story/report.md")
    }
}
