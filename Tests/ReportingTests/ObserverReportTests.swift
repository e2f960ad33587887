import Analysis
import Experiments
import TestSupport
import Testing
import TraceModel

@testable import Reporting

@Suite("outside observers in a report")
struct ObserverReportTests {
    /// The puzzle's two cells, watched by two observers that pair and one that prints.
    static let watched: ExperimentSummary = {
        var summary = SummaryBuilder.puzzle
        summary.plan.observers = [
            Observer(name: "by-request", script: "tracers/by-request.bt", text: "", pairing: .request),
            Observer(name: "by-thread", script: "tracers/by-thread.bt", text: "", pairing: .thread),
            Observer(name: "printing", script: "tracers/printing.bt", text: "", pairing: nil),
        ]
        func trial(
            _ block: Int, _ observer: String, _ pairing: PairingKey?, _ figures: [ObservedTrial.Figure],
            _ outcome: ObservedTrial.Outcome = .agrees
        ) -> ObservedTrial {
            ObservedTrial(
                trial: "block-0\(block)-cell-000", cellIndex: 0, observer: observer, pairing: pairing, figures: figures,
                outcome: outcome)
        }
        func persist(_ count: Int, _ observed: Double, _ own: Double) -> ObservedTrial.Figure {
            .init(name: "persist", observedCount: count, traceCount: count, observedMean: observed, traceMean: own)
        }
        summary.observed = [
            trial(
                0, "by-request", .request,
                [.init(name: "events", observedCount: 600, traceCount: 600), persist(100, 50_101_000, 50_100_000)]),
            trial(
                0, "by-thread", .thread,
                [
                    persist(60, 198_400_500, 198_400_000),
                    .init(name: "persist, dones unmatched", observedCount: 40, traceCount: 40),
                ]),
            trial(
                1, "by-request", .request,
                [.init(name: "events", observedCount: 1200, traceCount: 1200), persist(200, 50_103_000, 50_106_000)]),
            trial(
                1, "by-thread", .thread,
                [
                    .init(
                        name: "persist", observedCount: 121, traceCount: 120, observedMean: 190e6, traceMean: 190.2e6)
                ], .differs(["persist 121 times, not 120"])),
            trial(1, "printing", nil, [], .unknown("It lost 17 events, which were printed faster than it read them.")),
        ]
        summary.observerCosts = [
            ObserverCost(
                metric: .stage(.persist, .all, .mean), pairing: .request, cellIndex: 1,
                unwatched: SummaryBuilder.estimate(50_110_000, spread: 20_000),
                difference: SummaryBuilder.estimate(1_800, spread: 350))
        ]
        return summary
    }()

    @Test("the section is what was last reviewed")
    func section() throws {
        let report = MarkdownReport(of: Self.watched, plots: PlotSelection(of: Self.watched))
        let text = report.outsideObservers.map(\.source).joined(separator: "\n\n") + "\n"
        #expect(try Golden.compare(text, with: "observers.md").complaint == nil)
        #expect(report.text.contains("[Outside observers](#outside-observers)"))
    }

    // 100 of 50.1 ms and 200 of 50.106 ms are 300 of 50.104 ms.
    @Test("rows add trials up: counts are summed, means weighted, the worst difference kept with its sign")
    func rows() throws {
        let rows = ObservedRow.rows(of: Self.watched.observed)
        let persist = try #require(rows.first { $0.observer == "by-request" && $0.figure == "persist" })
        #expect(persist.observedCount == 300 && persist.traceCount == 300)
        #expect(abs((persist.traceMean ?? 0) - 50_104_000) < 0.5)
        #expect(persist.worstDifference == -3_000)
        #expect(persist.trialCount == 2 && persist.agreeingCount == 2)
        let byThread = try #require(rows.first { $0.observer == "by-thread" && $0.figure == "persist" })
        #expect(byThread.trialCount == 2 && byThread.agreeingCount == 1)
    }

    @Test("where nobody watched nothing is said")
    func unwatched() {
        #expect(
            MarkdownReport(of: SummaryBuilder.puzzle, plots: PlotSelection(of: SummaryBuilder.puzzle))
                .outsideObservers.isEmpty)
    }

    @Test("an experiment that was not run has a report that says so, and why, and nothing else")
    func notRun() throws {
        let report = NotRunReport(
            of: SummaryBuilder.puzzle.declaration, reason: "bpftrace is not on the PATH.", remedy: "Install it.")
        #expect(report.files.map(\.path) == ["report.md"])
        let text = String(decoding: report.files[0].bytes, as: UTF8.self)
        #expect(try Golden.compare(text, with: "not-run-report.md").complaint == nil)
    }
}
