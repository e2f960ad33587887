import Analysis
import Experiments
import Foundation
import Statistics
import Testing
import TraceModel

@testable import Reporting

@Suite("reports of open loops")
struct OpenLoopTests {
    private func text(_ summary: ExperimentSummary, _ name: String = "report.md") -> String {
        Report(of: summary).files.filter { $0.path == name }.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    }

    /// The puzzle with requests and responses declared; the second cell's load is an open loop.
    private var mixed: ExperimentSummary {
        var summary = SummaryBuilder.puzzle
        summary.declaration.stages = [.request, .response]
        for index in summary.cells.indices {
            let stages: [Stage] = index == 1 ? [.request, .response] : [.request]
            summary.cells[index].stages = stages.flatMap { stage in
                [
                    SummaryBuilder.stage(
                        stage, .request, SummaryBuilder.fixedByRequest, counts: SummaryBuilder.countsByRequest),
                    SummaryBuilder.stage(
                        stage, .thread, SummaryBuilder.fixedByThread, counts: SummaryBuilder.countsByThread),
                ]
            }
        }
        summary.cells[1].eventCounts[.requestDue] = 1_494
        return summary
    }

    @Test("a declared stage that no trace has leaves every file as it would be without it")
    func absent() {
        let plain = SummaryBuilder.puzzle
        var declared = plain
        declared.declaration.stages.append(.response)
        #expect(Report(of: declared).files == Report(of: plain).files)
        #expect(!text(plain).contains("request-due"))
        #expect(!text(plain, "summary.csv").contains("request-due"))
    }

    @Test("where some cells have responses, those cells alone have rows of it, and the assumption is stated once")
    func present() throws {
        let report = text(mixed)
        let section = try #require(report.components(separatedBy: "### response\n").dropFirst().first)
        let rows = section.components(separatedBy: "\n### ")[0].components(separatedBy: "\n<details>")[0]
            .split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") }
        // The titles, and one row for each pairing of the one cell.
        #expect(rows.count == 3)
        #expect(rows.dropFirst().allSatisfy { $0.contains("random") })
        #expect(report.components(separatedBy: OpenLoop.assumption(quote: "`")).count == 2)
        #expect(report.contains("| request-due |"))
        #expect(text(mixed, "summary.csv").contains("events.request-due"))
        #expect(text(mixed, "summary.csv").contains(",response,all,request,"))
        #expect(text(mixed, "histograms.csv").contains(",response,all,request,"))
    }

    @Test("a hypothesis about responses brings them to the front, and their histograms with them")
    func inFront() {
        var summary = mixed
        summary.hypotheses[0].hypothesis = Hypothesis(
            statement: "Responses are fast.", metric: .stage(.response, .all, .p99), claim: .below(1e9))
        let report = text(summary)
        #expect(report.contains("`response`: from the instant at which the request was due to request-done"))
        #expect(Report(of: summary).files.contains { $0.path == "plots/histogram-response.svg" })
        #expect(report.contains("total responses"))
    }

    @Test(
        "requests from when they were sent and from when they were due share a table, and the closed loop has one half")
    func sideBySide() throws {
        let section = try #require(text(mixed).components(separatedBy: "## Side by side\n").dropFirst().first)
        let rows = section.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") }
        #expect(rows[0].contains("sent: p99 (ms)") && rows[0].contains("due: p99 (ms)"))
        #expect(rows[1].hasSuffix("| — | — | — | — |"), "\(rows[1])")
        #expect(rows[2].hasPrefix("| random") && !rows[2].contains("—"), "\(rows[2])")
        #expect(!text(SummaryBuilder.puzzle).contains("sent: p99"))
    }

    @Test(
        "by request alone, the histograms of both stages are one picture, each panel with both or with requests alone")
    func oneHistogram() throws {
        var summary = mixed
        summary.declaration.pairings = [.request]
        let files = Report(of: summary).files
        let plot = try #require(files.first { $0.path == "plots/histogram-request-and-response.svg" })
        #expect(!files.contains { $0.path == "plots/histogram-request.svg" })
        let svg = String(decoding: plot.bytes, as: UTF8.self)
        #expect(svg.contains("request, from when it was sent") && svg.contains("response, from when it was due"))
        #expect(svg.components(separatedBy: "▼").count == 2)
        let report = text(summary)
        #expect(report.contains("Up (▲): from when a request was sent"))
        #expect(!report.contains("by request: mean (ms)"))
    }

    @Test(
        "by request alone, requests and responses are drawn along a factor on one axis, with a cross where none is due")
    func onePlot() throws {
        var summary = mixed
        summary.declaration.pairings = [.request]
        summary.hypotheses[0].hypothesis = Hypothesis(
            statement: "Responses are fast.", metric: .stage(.response, .all, .mean), claim: .below(1e9))
        let plots = PlotSelection(of: summary).plots.filter { $0.path.contains("-along-") }
        #expect(plots.map(\.path).contains("plots/request-and-response-mean-along-write-delay.svg"))
        let plot = try #require(plots.first { $0.path.contains("request-and-response-mean") })
        #expect(plot.canvas.title == "request and response: mean, along write-delay")
        #expect(plot.canvas.svg.contains("request, from when it was sent"))
        #expect(plot.canvas.svg.contains("response, from when it was due"))
        #expect(plot.caption.hasSuffix(" A small cross at the foot: no request is due in a closed loop."))
        #expect(!plots.contains { $0.path.hasPrefix("plots/request-mean") || $0.path.hasPrefix("plots/response-mean") })
        summary.declaration.pairings = [.request, .thread]
        #expect(!PlotSelection(of: summary).plots.contains { $0.path.contains("request-and-response-mean") })
    }

    @Test("what was due, and what of it was not sent, stands beside what was done; a closed loop has neither")
    func offeredLoad() throws {
        var summary = mixed
        #expect(!text(summary).contains("due (1/s)"))
        summary.cells[1].offeredLoad = OfferedLoad(
            duePerSecond: Estimate(processValues: [200, 200]), dueNotSent: Estimate(processValues: [3_900, 3_900]))
        let section = try #require(text(summary).components(separatedBy: "## Load and resources\n").dropFirst().first)
        let rows = section.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") }
        #expect(rows[0].contains("| due (1/s) | due, not sent | requests done (1/s) |"), "\(rows[0])")
        #expect(rows[1].contains("| — | — |"), "\(rows[1])")
        #expect(rows[2].contains("200") && rows[2].contains("3900"), "\(rows[2])")
    }

    @Test("cells in virtual time are said to be")
    func virtual() {
        var summary = mixed
        #expect(!text(summary).contains("in virtual time"))
        summary.cells[1].cell.parameters = [Parameter(name: "clock", value: "virtual")]
        #expect(text(summary).contains("1 of 2 cells are in virtual time: sleeps are exact"))
        summary.cells[0].cell.parameters = [Parameter(name: "clock", value: "virtual")]
        #expect(text(summary).contains("All cells are in virtual time: sleeps are exact"))
    }
}
