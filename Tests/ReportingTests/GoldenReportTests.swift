import TestSupport
import Testing

@testable import Reporting

@Suite("the files of a report, word for word")
struct GoldenReportTests {
    @Test(
        "the puzzle's report is what was last reviewed",
        arguments: ["report.md", "verdict.json", "summary.csv", "histograms.csv", "slowest.md"])
    func puzzle(path: String) throws {
        let file = try #require(Report(of: SummaryBuilder.puzzle).files.first { $0.path == path })
        let outcome = try Golden.compare(String(decoding: file.bytes, as: UTF8.self), with: "puzzle-\(path)")
        #expect(outcome.complaint == nil)
    }

    @Test("the puzzle's plots are what was last looked at")
    func plots() throws {
        for file in Report(of: SummaryBuilder.puzzle).files where file.path.hasPrefix("plots/") {
            let name = "puzzle-" + file.path.dropFirst("plots/".count)
            #expect(try Golden.compare(String(decoding: file.bytes, as: UTF8.self), with: name).complaint == nil)
        }
    }

    @Test("what the figures rest on is reported too, word for word", arguments: ["report.md", "summary.csv"])
    func judged(path: String) throws {
        let file = try #require(Report(of: SummaryBuilder.judged).files.first { $0.path == path })
        let outcome = try Golden.compare(String(decoding: file.bytes, as: UTF8.self), with: "judged-\(path)")
        #expect(outcome.complaint == nil)
    }

    @Test("an experiment without a finished trial has a report that says so")
    func empty() throws {
        let report = Report(of: SummaryBuilder.empty)
        #expect(report.files.map(\.path) == ["report.md", "verdict.json", "summary.csv", "histograms.csv"])
        let text = String(decoding: report.files[0].bytes, as: UTF8.self)
        #expect(try Golden.compare(text, with: "empty-report.md").complaint == nil)
    }

    @Test("one process gives figures without intervals")
    func singleTrial() throws {
        let text = String(decoding: Report(of: SummaryBuilder.singleTrial).files[0].bytes, as: UTF8.self)
        #expect(try Golden.compare(text, with: "single-trial-report.md").complaint == nil)
    }
}
