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

    @Test("a plan in virtual time says that its work is not counted")
    func virtual() {
        var plan = SummaryBuilder.puzzle.plan
        plan.cells[0].parameters = [Parameter(name: "clock", value: "virtual")]
        let count = plan.trials.count { $0.cellIndex == plan.cells[0].index }
        let text = PlanReport(of: plan, estimate: .zero).text
        #expect(count > 1)
        #expect(text.contains("(\(count) trials in virtual time: as fast as their work, which is not counted)"))
    }
}
