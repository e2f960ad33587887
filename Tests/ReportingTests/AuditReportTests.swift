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

    @Test("in 80 columns every line fits, and the name of an audit is not torn")
    func narrow() {
        let lines = AuditReport(of: verdict, columns: 80).text.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)")
        #expect(lines.count { $0.contains("(audit pairing)") } == 1)
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

    @Test("reasons are numbered as they are shown")
    func numbers() throws {
        var summary = SummaryBuilder.puzzle
        summary.findings.append(
            Finding(
                audit: "clock", severity: .doubtful, subject: "by request", sentence: "It ran unevenly.",
                remedy: "None."))
        let limited = try #require(StoredVerdict(of: summary).limited(to: [.request]))
        #expect(limited.reasons.map(\.number) == [1, 2, 3, nil])
        let lines = AuditReport(of: limited).text.split(separator: "\n")
        let heads = lines.filter { $0.contains(" (audit ") }.map { String($0.prefix(5)) }
        #expect(heads == ["  1. ", "  2. ", "  3. ", "  - n"])
        #expect(lines.first { $0.hasPrefix("  1. ") }?.contains("(audit clock)") == true)
    }

    @Test(
        "what could not be judged is said on one line, by name and reason, and that it is unknown of an older verdict")
    func unapplied() throws {
        var summary = SummaryBuilder.puzzle
        #expect(!AuditReport(of: StoredVerdict(of: summary)).text.contains("Not applied"))
        summary.unapplied = [
            UnappliedAudit(audit: "oracle", reason: "no virtual twin"),
            UnappliedAudit(audit: "independence", reason: "3 of 10 blocks\nneeded"),
        ]
        let text = AuditReport(of: StoredVerdict(of: summary)).text
        #expect(
            text.contains(
                "\n\nNot applied: oracle (no virtual twin), independence (3 of 10 blocks needed).\n\nNotes; the figures"
            ))
        var old = StoredVerdict(of: summary)
        old.unapplied = nil
        #expect(
            AuditReport(of: old).text.contains("\nNot applied: unknown, since an older release stored this verdict.\n"))
    }

    @Test("hypotheses are stored with their answers, and with trust where there are figures")
    func hypotheses() {
        #expect(
            verdict.hypotheses == [
                .init(
                    identifier: "H1", sentence: "By request, a fixed 50 ms sleep reads 50 ms.", answer: .supported,
                    trust: .trusted),
                .init(
                    identifier: "H2", sentence: "By thread, the fixed and the random sleep read the same.",
                    answer: .undecided, trust: .invalid),
                .init(identifier: "H3", sentence: "The two pairings agree.", answer: .refuted, trust: .invalid),
            ])
        #expect(StoredVerdict(of: SummaryBuilder.empty).hypotheses?.allSatisfy { $0.trust == nil } == true)
    }

    @Test("a verdict of version 1 is read, and does not say what it did not hold")
    func versionOne() throws {
        let text = """
            {"version": 1, "subject": "permits", "level": "trusted", "pairings": [{"pairing": "request", "level": "trusted"}],
             "reasons": []}
            """
        let read = try StoredVerdict(json: Array(text.utf8), path: "verdict.json")
        #expect(read.level == .trusted)
        #expect(read.hypotheses == nil && read.unapplied == nil)
    }

    @Test("several verdicts are one array, in their order")
    func several() throws {
        let text = StoredVerdict.json(of: [verdict, verdict])
        #expect(text.hasPrefix("[\n  {") && text.hasSuffix("}\n]\n"))
        #expect(text.ranges(of: "\"version\"").count == 2)
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
        let newer = verdict.json.replacing("\"version\" : 2", with: "\"version\" : 3")
        #expect(
            throws: StoredVerdictError(
                description: "v.json: expected version 2 or less, found 3; use an assay of the same release or newer")
        ) { try StoredVerdict(json: Array(newer.utf8), path: "v.json") }
    }
}
