import Analysis
import Auditing
import Experiments
import Testing
import TraceModel

@testable import Reporting

@Suite("reasons")
struct ReasonTests {
    private func finding(
        _ sentence: String, audit: String = "floor", severity: Finding.Severity = .invalid,
        subject: String? = "by thread", cell: String? = nil, remedy: String = "Mend it."
    ) -> Finding {
        Finding(audit: audit, severity: severity, subject: subject, cell: cell, sentence: sentence, remedy: remedy)
    }

    private func reasons(_ findings: [Finding]) -> [Reason] {
        var summary = SummaryBuilder.puzzle
        summary.cells[1].eventCounts[.requestStart, default: 0] += 1
        summary.findings = findings
        return Reason.all(in: summary)
    }

    private let titles = SummaryBuilder.puzzle.cells.map(\.cell.title)

    @Test("findings are one reason only where audit, severity, subject and remedy are the same")
    func grouping() {
        let all = [
            finding("a"), finding("b", audit: "little"), finding("c", severity: .doubtful), finding("d", subject: nil),
            finding("e", remedy: "Leave it."), finding("f"),
        ]
        #expect(reasons(all).map(\.sentences) == [["a", "f"], ["b"], ["c"], ["d"], ["e"]])
        #expect(reasons(all).map(\.number) == [1, 2, 3, 4, 5])
    }

    @Test("notes come last, whatever the order of the findings")
    func notesLast() {
        let all = [finding("a", severity: .note), finding("b", severity: .doubtful)]
        #expect(reasons(all).map(\.sentences) == [["b"], ["a"]])
    }

    @Test("the example is the last sentence about the cell with the most events; each cell counts once")
    func example() {
        let all = [
            finding("one", cell: titles[1]), finding("two", cell: titles[1]), finding("three", cell: titles[0]),
            finding("four", cell: titles[0]),
        ]
        let found = reasons(all)
        #expect(found.map(\.example) == ["two"])
        #expect(found.map(\.cellCount) == [2])
    }

    @Test("a sentence that names no cell is of the run as a whole")
    func wholeRun() {
        #expect(reasons([finding("Trials differ.")]).map(\.cellCount) == [0])
    }

    @Test("a reason bears on its own pairing, or on every one; a note on none")
    func concerns() {
        let found = reasons([finding("a"), finding("b", subject: nil), finding("c", severity: .note)])
        #expect(found.map { $0.concerns(.thread) } == [true, true, false])
        #expect(found.map { $0.concerns(.request) } == [false, true, false])
    }

    @Test("what counts stands before what is not judged, and the numbers have no gap")
    func judgedFirst() {
        let all = [
            finding("a"), finding("b", subject: "by request"), finding("c", severity: .note),
            finding("d", subject: nil),
        ]
        let found = Reason.all(of: all, judged: [.request])
        #expect(found.map(\.sentences) == [["b"], ["d"], ["a"], ["c"]])
        #expect(found.map(\.mark) == ["1.", "2.", "3.", "-"])
    }

    @Test("a start-up that is over and one that nothing marks are told apart, and an empty window from a small sample")
    func aspects() {
        func meaning(_ audit: String, _ severity: Finding.Severity, _ figure: String) -> String {
            let found = Finding(
                audit: audit, severity: severity, sentence: "It is.", figures: [.count(figure, 1)], remedy: "None.")
            return Reason.all(of: [found], judged: [.request])[0].meaning
        }
        #expect(meaning("steady-state", .note, "processes") == "there was a start-up")
        #expect(
            meaning("steady-state", .note, SteadyStateAudit.unmarkedFigure) == "nothing marks where the start-up ends")
        #expect(meaning("steady-state", .doubtful, "processes") == "the window holds start-up or drift")
        #expect(meaning("sample-size", .doubtful, "empty-windows") == "nothing happened in some of the windows")
    }

    @Test("every audit of the catalogue has its meaning in words", arguments: AuditCatalogue.all.map(\.identifier))
    func meanings(audit: String) {
        #expect(Reason.meanings[audit] != nil)
    }

    @Test("no meaning is kept of an audit that is gone")
    func noStrayMeaning() {
        #expect(Set(Reason.meanings.keys).subtracting(AuditCatalogue.all.map(\.identifier)).isEmpty)
    }

    @Test(
        "runs of three or more numbers are ranges",
        arguments: [([], ""), ([4], "4"), ([1, 2], "1, 2"), ([1, 2, 3, 5, 6, 8], "1–3, 5, 6, 8")] as [([Int], String)])
    func ranges(numbers: [Int], expected: String) {
        #expect(NumberList.text(numbers) == expected)
    }

    @Test("a prefix stands before both ends of a range")
    func prefixes() {
        #expect(NumberList.text([2, 3, 4, 9], prefix: "H") == "H2–H4, H9")
    }
}
