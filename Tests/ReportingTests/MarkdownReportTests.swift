import Analysis
import Archiving
import Auditing
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
        for figure in ["50.11", "50.09", "198.4", "11976", "5 trials", "3 hypotheses"] {
            let first = try #require(report.firstRange(of: figure))
            #expect(verdict.lowerBound < first.lowerBound, "\(figure)")
        }
    }

    @Test("doubt about the figures stands on the answer's own line, and trusted figures have none")
    func doubtfulAnswer() throws {
        var summary = SummaryBuilder.puzzle
        for (index, trust) in [Verdict.Level.doubtful, .trusted, .invalid].enumerated() {
            summary.hypotheses[index].trust = trust
        }
        let lines = text(summary).split(separator: "\n")
        let answers = try (1...3).map { number in
            try #require(lines.first { $0.hasPrefix("- **") && $0.contains("** (H\(number)): ") })
        }
        #expect(answers[0].hasSuffix(" (figures doubtful)"))
        #expect(!answers[1].contains("(figures "))
        #expect(answers[2].hasSuffix(" (figures invalid)"))
    }

    @Test("a reduced profile says so at the top, with what it could not decide; the full one says nothing")
    func profile() throws {
        let reduced = text(SummaryBuilder.puzzle)
        let notice = try #require(reduced.firstRange(of: "> **Reduced profile `quick`**: 5 trials a cell"))
        let answer = try #require(reduced.firstRange(of: "## Answer"))
        #expect(notice.lowerBound < answer.lowerBound)
        #expect(reduced.contains("It could not decide H2."))
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
        #expect(report.contains("- **Refuted** (H3): The two pairings agree. *fixed 50 ms: "))
        #expect(
            report.contains("; wanted for the mean: equal to within 2 %.* (figures invalid)\n- **Undecided** (H2): "))
        #expect(
            report.contains(
                "Rule: persist: mean, differs by no more than 2 % between any two pairings. "
                    + "The figures it rests on: invalid."))
        #expect(report.contains("\nH2, H3 rest on figures that are invalid"))
    }

    @Test("what a ratio is, is said where levels are compared, and not elsewhere")
    func ratios() {
        var summary = SummaryBuilder.puzzle
        let note = "A ratio is the geometric mean of the ratios within blocks"
        #expect(text(summary).ranges(of: note).count == 1)
        summary.hypotheses = Array(summary.hypotheses.prefix(1))
        #expect(!text(summary).contains(note))
    }

    @Test("the contents link to every section that follows under the anchor that GitHub gives it")
    func contents() throws {
        let whole = text(SummaryBuilder.puzzle)
        let report = String(whole[try #require(whole.firstRange(of: "\nBelow: ")).lowerBound...])
        #expect(report.contains("\n## "))
        #expect(report.contains("[The log's own summary](#the-logs-own-summary)"))
        for heading in report.split(separator: "\n") where heading.hasPrefix("## ") {
            #expect(report.contains("[\(heading.dropFirst(3))](#"))
        }
    }

    @Test("more than ten figures are folded, and none is lost")
    func folded() {
        var summary = SummaryBuilder.puzzle
        summary.hypotheses[0].figures = (0..<11).map { "figure \($0)." }
        let report = text(summary)
        #expect(report.contains("<summary>11 figures</summary>"))
        #expect(report.contains("- figure 10."))
    }

    @Test("one fault in many cells is one reason, every sentence of it on a click, and notes are folded last")
    func reasons() throws {
        var summary = SummaryBuilder.puzzle
        let titles = summary.cells.map(\.cell.title)
        let finding = SummaryBuilder.findings[1]
        summary.findings = [SummaryBuilder.findings[0]]
        summary.findings += (0..<14).map { number in
            Finding(
                audit: finding.audit, severity: finding.severity, subject: finding.subject, cell: titles[number % 2],
                sentence: "\(titles[number % 2]): \(number) writes are shorter.", remedy: finding.remedy)
        }
        summary.findings.append(SummaryBuilder.findings[2])
        let report = text(summary)
        #expect(report.contains("\n2. **invalid**, by thread, in 2 of 2 cells: spans are shorter"))
        #expect(report.contains("- **By thread: invalid**, because spans join"))
        #expect(report.contains("; in 2 of 2 cells spans are shorter"))
        #expect(report.contains("<summary>All 14 findings</summary>"))
        for number in 0..<14 { #expect(report.contains(": \(number) writes are shorter.")) }
        let note = try #require(report.firstRange(of: "\n- **note**"))
        let fold = try #require(report.firstRange(of: "<summary>1 note; the figures stand</summary>"))
        #expect(fold.lowerBound < note.lowerBound)
        #expect(!report.contains("(1, 2, 3)") && !report.contains("(3)"))
    }

    @Test("a report of ten cells with a hundred findings is no longer than a person reads")
    func size() {
        var summary = SummaryBuilder.large
        let cells = Array(summary.cells.prefix(10))
        summary.cells = cells
        summary.findings = (0..<100).map { number in
            let finding = SummaryBuilder.findings[number % 3]
            return Finding(
                audit: finding.audit, severity: finding.severity, subject: finding.subject,
                sentence: "\(cells[number % 10].cell.title): \(number), \(finding.sentence)", remedy: finding.remedy)
        }
        #expect(text(summary).utf8.count < 80_000)
    }

    @Test("the figures beside the original have their ratio, and counts are left out")
    func comparison() {
        let report = text(SummaryBuilder.puzzle)
        #expect(report.contains("65.80 ms → 198.4 ms (3.01)"))
        #expect(!report.contains("| 1976"))
        #expect(report.contains("The original's counts are left out"))
        #expect(report.contains("Where the original does not say its write-delay"))
    }

    @Test("a figure of the original that does not say a level has one row, beside the range over all levels")
    func loose() throws {
        var summary = SummaryBuilder.puzzle
        let figure = try #require(summary.cells[0].reference.first)
        for cell in summary.cells.indices { summary.cells[cell].reference = [figure] }
        let report = text(summary)
        #expect(report.contains("| not said | persist | by thread | 65.80 ms → 198.4 ms … 203.9 ms (3.01 … 3.10) |"))
        for cell in summary.cells.indices { summary.cells[cell].reference[0].parameters = ["write-delay": "50ms"] }
        #expect(!text(summary).contains("| not said |"))
    }

    @Test("text histograms stop before the page grows too long, and that is said")
    func bounded() throws {
        var summary = SummaryBuilder.large
        let cells = summary.cells
        for _ in 0..<2 { summary.cells += cells }
        let report = text(summary)
        #expect(report.contains("more cells are in `histograms.csv` only"))
        let shown = report.components(around: "<details><summary>permits 8").count
        #expect(shown > 5 && shown < summary.cells.count)
        let histograms = try #require(report.firstRange(of: "## The log's own summary")).lowerBound
        let files = try #require(report.firstRange(of: "\n## Files")).lowerBound
        #expect(report[histograms..<files].utf8.count < MarkdownReport.logSummaryByteLimit + 1024)
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
