import Analysis
import Archiving
import Auditing
import Experiments
import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite("Reports of programs without a trace")
struct ProcessReportTests {
    static let summary: ExperimentSummary = {
        let latency = ReportedMetric(name: "latency_p99", unit: .milliseconds, worse: .higher)
        let command = ProgramCommand(
            words: ["./server", "--size={size}", "{seed}"], source: .jsonLines, reported: [latency])
        let schedule = Schedule(
            trials: 5, warmUpNanoseconds: 0, measureNanoseconds: 0, timeLimitNanoseconds: 30_000_000_000, retries: 1)
        let declaration = Declaration(
            name: "others", question: "Is it fast?", program: .command(command),
            fixed: [Parameter(name: "mode", value: "quick")],
            factors: [Factor(name: "size", levels: [Level(value: "1"), Level(value: "2")])],
            schedules: ["full": schedule], stages: [], pairings: [])
        let cells = (0..<2).map { index in
            Cell(
                index: index, choices: [LevelChoice(factor: "size", label: "\(index + 1)")],
                parameters: [Parameter(name: "size", value: "\(index + 1)")])
        }
        let trials = (0..<2).map {
            PlannedTrial(identifier: "block-00-cell-00\($0)", order: $0, block: 0, cellIndex: $0, seed: 7)
        }
        let plan = Plan(
            experiment: "others", profile: "full", seed: 1, declarationDigest: "d", program: command.text,
            schedule: schedule, cells: cells, trials: trials, command: command)
        return ExperimentSummary(
            declaration: declaration, plan: plan, verdict: Verdict(byPairing: [], ofProcesses: .doubtful),
            findings: [
                Finding(
                    audit: "environment", severity: .doubtful, cell: "size 1", sentence: "size 1: It was busy.",
                    remedy: "Stop what else runs.")
            ],
            hypotheses: [
                HypothesisOutcome(
                    hypothesis: Hypothesis(statement: "It is.", metric: .reported(latency), claim: .below(5e6)),
                    answer: .supported, trust: .doubtful, figures: ["size 1: 1.500 [1.400, 1.600] ms."],
                    deciding: "1.500 … 3.000 ms")
            ],
            cells: cells.map { cell in
                let factor = Double(cell.index + 1)
                return CellSummary(
                    cell: cell, trialCount: 5, eventCounts: [:], openRequests: nil, stages: [],
                    metrics: [
                        (Metric.reported(latency), 1.5e6, 1e5), (.wallTime, 20e6, 1e6), (.cpuTime, 5e6, 1e5),
                        (.peakMemory, 14_680_064, 4096),
                    ].map { metric, value, spread in
                        MetricEstimate(
                            metric: metric, estimate: SummaryBuilder.estimate(value * factor, spread: spread))
                    }, reference: [], resources: [])
            }, missingTrials: [], provenances: [], startedAt: "2026-01-01T00:00:00Z",
            unapplied: ["drops", "conservation"].map { UnappliedAudit(audit: $0, reason: "no trace of events") })
    }()

    @Test(
        "report, verdict and table are as they were last read", arguments: ["report.md", "verdict.json", "summary.csv"])
    func golden(path: String) throws {
        let file = try #require(Report(of: Self.summary).files.first { $0.path == path })
        let outcome = try Golden.compare(String(decoding: file.bytes, as: UTF8.self), with: "process-\(path)")
        #expect(outcome.complaint == nil)
    }

    @Test("what assay audit prints names the audits that do not apply")
    func audit() {
        let text = AuditReport(of: StoredVerdict(of: Self.summary)).text
        #expect(text.hasPrefix("others: doubtful\n\nReasons\n"))
        #expect(
            text.contains("\nNot applied: drops (no trace of events), conservation (no trace of events)"), "\(text)")
    }

    @Test("a plan says where the figures come from, and nothing of a window that there is none of")
    func plan() {
        let text = PlanReport(of: Self.summary.plan, estimate: .zero).text
        #expect(text.contains("  program      [./server, \"--size={size}\", \"{seed}\"]\n"))
        #expect(
            text.contains("  each trial   its work, ended after 30 s; 1 retry if it fails\n  metrics      json-lines\n")
        )
        #expect(text.contains("  in all       2 trials of 2 cells, as long as their work takes\n"))
        #expect(text.contains("size=2\n"))
    }
}
