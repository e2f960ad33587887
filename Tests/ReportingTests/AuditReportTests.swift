import Analysis
import Auditing
import Experiments
import Testing
import TraceModel

@testable import Reporting

@Suite("What an audit prints and stores")
struct AuditReportTests {
    private var verdict: StoredVerdict { StoredVerdict(of: SummaryBuilder.puzzle) }

    @Test("the verdict comes first, then the numbered reasons with example and remedy, then the notes")
    func text() {
        #expect(
            AuditReport(of: verdict).text == """
                fixed-versus-random-sleep: invalid
                  by request: trusted
                  by thread: invalid

                Reasons
                  1. invalid, by thread: spans join the start of one request with the done of another, or are lost (audit pairing)
                     6102 of 6853 persist spans carry a start and a done of different requests.
                     Remedy: Pair by request.
                  2. invalid, by thread: spans are shorter than the delay that their write drew, which is impossible (audit floor)
                     1652 of 6853 writes are shorter than the delay that they drew.
                     Remedy: Pair by request.

                Notes; the figures stand
                  - note: there are too few durations or processes for some figures (audit sample-size)
                    Each cell rests on 5 processes.
                    Remedy: Run the full profile for narrower intervals.

                """)
    }

    @Test("limited to a pairing, what concerns the other is told and not counted")
    func limited() throws {
        let limited = try #require(verdict.limited(to: [.request]))
        #expect(limited.level == .trusted)
        let text = AuditReport(of: limited).text
        #expect(
            text.hasPrefix(
                "fixed-versus-random-sleep: trusted\n  by request: trusted\n\nNo audit that could judge it had anything to say"
            ))
        #expect(text.contains("\nNot judged here\n  1. invalid, by thread"))
        #expect(verdict.limited(to: []) == nil)
    }

    @Test("the stored verdict is read back as it was written, figures and all")
    func roundTrip() throws {
        var summary = SummaryBuilder.puzzle
        summary.findings.append(
            Finding(
                audit: "environment", severity: .doubtful, cell: summary.cells[0].cell.title,
                sentence: "Somebody else ran.",
                figures: [.init("steal", 0.03, .ratio), .init("limit", 0.01, .ratio)], remedy: "Run alone."))
        let stored = StoredVerdict(of: summary)
        #expect(try StoredVerdict(json: Array(stored.json.utf8), path: "verdict.json") == stored)
        #expect(stored.reasons.first { $0.audit == "environment" }?.findings.first?.figures.count == 2)
        #expect(stored.level == .invalid)
    }

    @Test("a file that is no verdict, or of a newer release, is refused with what to do")
    func refused() {
        #expect(
            throws: StoredVerdictError(
                description: "v.json: is no stored verdict; make it anew with `assay report`, or restore the file")
        ) { try StoredVerdict(json: Array("{}".utf8), path: "v.json") }
        let newer = verdict.json.replacing("\"version\" : 1", with: "\"version\" : 2")
        #expect(
            throws: StoredVerdictError(
                description: "v.json: expected version 1 or less, found 2; use an assay of the same release or newer")
        ) { try StoredVerdict(json: Array(newer.utf8), path: "v.json") }
    }
}
