import Auditing
import Experiments
import Statistics
import Testing
import TraceModel

@testable import Analysis

@Suite("Trials that do not count by a declared rule")
struct ExclusionTests {
    /// The writes of block 0 take the 50 ms that they drew, those of block 1 a millisecond more.
    private func summary(above limit: Double, figure: Limit = .overshootMedian) throws -> ExperimentSummary {
        var declaration = ExperimentAnalyzerTests.declaration
        declaration.trialExclusions = [TrialExclusion(figure: figure, above: limit)]
        return try ExperimentAnalyzerTests().summary(
            [.finished, .finished, .finished, .finished], of: declaration)
    }

    @Test("what is beyond the rule is left out of every figure, and shown with its value beside the result with it")
    func excluded() throws {
        let summary = try summary(above: 500_000)
        #expect(summary.cells.map(\.trialCount) == [1, 1])
        let exclusion = try #require(summary.exclusion)
        #expect(exclusion.excluded.map(\.identifier) == ["block-01-cell-000", "block-01-cell-001"])
        #expect(exclusion.excluded.allSatisfy { $0.value == 1e6 && $0.rule.figure == .overshootMedian })
        let mean = try #require(
            exclusion.comparisons.first {
                $0.cellIndex == 0 && $0.metric == .stage(.persist, .all, .mean) && $0.pairing == .request
            })
        #expect(mean.without?.processValues == [50e6])
        #expect(mean.with?.processValues == [50e6, 51e6])
        #expect(mean.without?.interval == nil && mean.with?.interval != nil)
        #expect(exclusion.answersWithAll.count == summary.hypotheses.count)
        // One process gives no interval.
        #expect(summary.hypotheses[0].answer == .undecided)
        #expect(summary.findings.contains { $0.audit == "sample-size" && $0.sentence.contains("one process") })
    }

    @Test("a rule that nothing is beyond leaves everything, and says so")
    func nothingExcluded() throws {
        let summary = try summary(above: 2e6)
        #expect(summary.cells.map(\.trialCount) == [2, 2])
        #expect(
            summary.exclusion
                == ExclusionSummary(
                    excluded: [], unknownCounts: [(TrialExclusion(figure: .overshootMedian, above: 2e6), 0)],
                    comparisons: [], answersWithAll: []))
    }

    @Test("a figure that nobody could tell excludes nothing, and the trials are counted")
    func unknown() throws {
        let summary = try summary(above: 0, figure: .steal)
        #expect(summary.cells.map(\.trialCount) == [2, 2])
        #expect(summary.exclusion?.unknownCounts.map(\.trials) == [4])
    }

    @Test("a rule that leaves nothing makes the result invalid")
    func everythingExcluded() throws {
        let summary = try summary(above: -1)
        #expect(summary.cells.map(\.trialCount) == [0, 0])
        #expect(summary.verdict.level == .invalid)
        #expect(summary.findings.contains { $0.audit == "missing-trials" && $0.severity == .invalid })
    }

    @Test("without a rule there is no section to show")
    func undeclared() throws {
        let summary = try ExperimentAnalyzerTests().summary([.finished, .finished, .finished, .finished])
        #expect(summary.exclusion == nil)
    }
}
