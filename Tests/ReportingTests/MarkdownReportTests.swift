import Analysis
import Archiving
import Experiments
import Testing

@testable import Reporting

@Suite("report.md")
struct MarkdownReportTests {
    private func text(_ summary: ExperimentSummary) -> String {
        String(decoding: Report(of: summary).files[0].bytes, as: UTF8.self)
    }

    @Test("the verdict stands before the first measured number")
    func verdictFirst() throws {
        let report = text(SummaryBuilder.puzzle)
        let verdict = try #require(report.firstRange(of: "**By thread: invalid**"))
        for figure in ["50.11", "50.09", "198.4", "11976"] {
            let first = try #require(report.firstRange(of: figure))
            #expect(verdict.lowerBound < first.lowerBound, "\(figure)")
        }
    }

    @Test("a reduced profile says so at the top, with what it could not decide; the full one says nothing")
    func profile() throws {
        let reduced = text(SummaryBuilder.puzzle)
        let notice = try #require(reduced.firstRange(of: "> **Reduced profile `quick`**: 5 trials a cell"))
        let answer = try #require(reduced.firstRange(of: "## Answer"))
        #expect(notice.lowerBound < answer.lowerBound)
        #expect(reduced.contains("> - By thread, the fixed and the random sleep read the same."))
        var full = SummaryBuilder.puzzle
        full.plan.profile = "full"
        #expect(!text(full).contains("Reduced profile"))
    }

    @Test(
        "no escape is forgotten, wherever a hostile text stands", arguments: ["<script>|`\"*\n# x", "](http://evil)"])
    func hostile(name: String) {
        let report = text(SummaryBuilder.hostile(name))
        #expect(!report.contains("<script>") || report.components(around: "<script>").allSatisfy(isInCode))
        #expect(!report.contains("\n# x"))
        #expect(!report.contains("Markdown("))
        for link in report.components(around: "](http://evil") {
            #expect(isInCode(link) || link.before.hasSuffix("\\"))
        }
        for table in tables(in: report) {
            let widths = Set(table.map(cellCount))
            #expect(widths.count == 1, "\(table.first ?? "")")
        }
    }

    @Test("no number that is none is printed", arguments: [Double.nan, .infinity, -.infinity])
    func notANumber(value: Double) {
        for file in Report(of: SummaryBuilder.filled(with: value)).files {
            let text = String(decoding: file.bytes, as: UTF8.self).lowercased()
            let words = text.split { !($0.isLetter || $0 == "-" || $0 == "+") }
            #expect(!words.contains("nan") && !words.contains("inf") && !words.contains("-inf"), "\(file.path)")
        }
    }

    @Test(
        "values of any size are printed",
        arguments: [0, -3, .leastNonzeroMagnitude, 1e18, 1e300, .greatestFiniteMagnitude])
    func anySize(value: Double) {
        #expect(text(SummaryBuilder.filled(with: value)).contains("## Provenance"))
    }

    @Test("all answers are counted and each hypothesis says which readings it rests on")
    func answers() {
        let report = text(SummaryBuilder.puzzle)
        #expect(report.contains("**1 supported, 1 refuted, 1 undecided**"))
        #expect(report.contains("| **refuted** | by request: trusted; by thread: invalid |"))
    }

    @Test("the contents link to every section under the anchor that GitHub gives it")
    func contents() {
        let report = text(SummaryBuilder.puzzle)
        #expect(report.contains("[The log's own summary](#the-logs-own-summary)"))
        for heading in report.split(separator: "\n") where heading.hasPrefix("## ") {
            #expect(report.contains("[\(heading.dropFirst(3))](#"))
        }
    }

    @Test("more than ten reasons or figures are folded, and none is lost")
    func folded() {
        var summary = SummaryBuilder.puzzle
        summary.findings = (0..<14).map { _ in SummaryBuilder.findings[0] }
        summary.hypotheses[0].figures = (0..<11).map { "figure \($0)." }
        let report = text(summary)
        #expect(report.contains("<summary>4 more reasons</summary>"))
        #expect(report.contains("\n14. **invalid**"))
        #expect(report.contains("<summary>11 figures</summary>"))
        #expect(report.contains("- figure 10."))
    }

    @Test("text histograms stop before the page grows too long, and that is said")
    func bounded() {
        var summary = SummaryBuilder.large
        let cells = summary.cells
        for _ in 0..<4 { summary.cells += cells }
        let report = text(summary)
        #expect(report.contains("more cells are in `histograms.csv` only"))
        let shown = report.components(around: "<details><summary>permits 8").count
        #expect(shown > 20 && shown < summary.cells.count)
        #expect(report.utf8.count < 2 * MarkdownReport.logSummaryByteLimit)
    }

    @Test("several provenances stand side by side")
    func provenances() {
        var summary = SummaryBuilder.puzzle
        summary.provenances.append(SummaryBuilder.provenance)
        summary.provenances[1].revisionIsModified = true
        summary.provenances[1].kernel = nil
        let report = text(summary)
        #expect(report.contains("| Machine and build | 1 | 2 |"))
        #expect(report.contains("| revision | 4be1c0d | 4be1c0d, with uncommitted changes |"))
        #expect(report.contains("| kernel | Linux 6.12.0 | unknown |"))
    }

    @Test("the command to reproduce survives any name", arguments: [("it's", "'Experiments/it'\\''s.yaml'")])
    func reproduction(name: String, quoted: String) {
        var summary = SummaryBuilder.puzzle
        summary.declaration.name = name
        #expect(text(summary).contains("assay run \(quoted) --profile quick --seed 20240607"))
    }

    // MARK: Reading Markdown

    private func tables(in report: String) -> [[Substring]] {
        report.split(separator: "\n", omittingEmptySubsequences: false).split { !$0.hasPrefix("| ") }.map(Array.init)
    }

    /// Cells of a table's row: unescaped pipes, less the one at the end.
    private func cellCount(_ row: Substring) -> Int {
        var count = 0
        var isEscaped = false
        for character in row {
            if character == "|", !isEscaped { count += 1 }
            isEscaped = character == "\\" && !isEscaped
        }
        return count - 1
    }

    /// Whether a place lies in a code span, a fenced block or the HTML of a summary, where Markdown is not read.
    private func isInCode(_ place: (before: Substring, after: Substring)) -> Bool {
        let line = place.before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
        let fences = place.before.split(separator: "\n").count { $0.hasPrefix("```") }
        return line.contains("`") || line.hasPrefix("<details><summary>") || !fences.isMultiple(of: 2)
    }
}

extension String {
    /// What stands before and after each occurrence of the text.
    fileprivate func components(around text: String) -> [(before: Substring, after: Substring)] {
        ranges(of: text).map { (self[..<$0.lowerBound], self[$0.upperBound...]) }
    }
}
