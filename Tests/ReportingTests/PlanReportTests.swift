import Analysis
import Experiments
import TestSupport
import Testing

@testable import Reporting

@Suite("a plan on paper")
struct PlanReportTests {
    @Test("it is what was last reviewed")
    func golden() throws {
        #expect(
            try Golden.compare(
                PlanReport(of: SummaryBuilder.puzzle.plan, estimate: .seconds(222)).text, with: "plan.txt"
            ).complaint == nil)
    }

    @Test("a plan without cells says so")
    func empty() {
        var plan = SummaryBuilder.puzzle.plan
        plan.cells = []
        plan.trials = []
        let text = PlanReport(of: plan, estimate: .zero).text
        #expect(text.contains("Cells: none") && text.contains("Trials: none") && text.contains("about 0 s"))
    }

    @Test("trials in virtual time are told apart, and nothing is claimed of how long they take")
    func virtual() {
        var plan = SummaryBuilder.puzzle.plan
        plan.cells[0].parameters = [Parameter(name: "clock", value: "virtual")]
        #expect(
            PlanReport(of: plan, estimate: .seconds(110)).text.contains(
                """
                  in all       10 trials of 2 cells: 5 on the wall clock, about 1 min 50 s;
                               5 in virtual time, as long as their work takes
                               and 5 in virtual time as the oracle, as long as their work takes
                               (an estimate: warm-up, measurement and start of each on the wall clock, without retries)

                """))
        plan.cells[1].parameters = [Parameter(name: "clock", value: "virtual")]
        let text = PlanReport(of: plan, estimate: .zero).text
        #expect(text.contains("  in all       10 trials of 2 cells, in virtual time: as long as their work takes\n"))
        #expect(!text.contains("about") && !text.contains("estimate"))
    }
}
