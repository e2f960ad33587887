import Analysis
import Auditing
import TraceModel

/// What `assay audit` prints: the verdict, then its reasons with an example and a remedy each, numbered as they are shown, then
/// which audits could not be applied, then the notes.
public struct AuditReport: Sendable, Equatable {
    /// Lines that end in a line feed.
    public let text: String

    /// - Parameter columns: What lines are to fit into, as far as their words allow; nil for as many as they take.
    public init(of verdict: StoredVerdict, columns: Int? = nil) {
        var lines = ["\(PlainText.singleLine(verdict.subject)): \(verdict.level.rawValue)"]
        lines += verdict.pairings.map { "  \($0.pairing.title): \($0.level.rawValue)" }
        let reasons = verdict.reasons.filter { $0.severity > .note && verdict.counts($0) }
        let others = verdict.reasons.filter { $0.severity > .note && !verdict.counts($0) }
        let notes = verdict.reasons.filter { $0.severity == .note }
        if reasons.isEmpty { lines += ["", "No audit that could judge it had anything to say against it."] }
        lines += Self.section("Reasons", reasons, columns)
        lines += Self.section("Not judged here", others, columns)
        lines += Self.unapplied(verdict.unapplied, columns)
        lines += Self.section("Notes; the figures stand", notes, columns)
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func section(
        _ title: String, _ reasons: [StoredVerdict.StoredReason], _ columns: Int?
    ) -> [String] {
        guard !reasons.isEmpty else { return [] }
        return ["", title] + reasons.flatMap { lines(of: $0, columns) }
    }

    private static func unapplied(_ audits: [UnappliedAudit]?, _ columns: Int?) -> [String] {
        guard let audits else { return ["", "Not applied: unknown, since an older release stored this verdict."] }
        return audits.isEmpty
            ? [] : [""] + PlainText.wrapped(UnappliedText.line(audits), columns: columns, further: "  ")
    }

    private static func lines(of reason: StoredVerdict.StoredReason, _ columns: Int?) -> [String] {
        let mark = reason.number.map { "\($0)." } ?? "-"
        let subject = reason.subject.map { ", \($0)" } ?? ""
        let more = reason.findings.count > 1 ? " (one of \(reason.findings.count) findings)" : ""
        let indent = String(repeating: " ", count: mark.count + 3)
        // The audit's name stays on one line with its word, so that it can be searched for.
        let audit = "(audit\u{A0}\(reason.audit))"
        let head = "\(mark) \(reason.severity.rawValue)\(subject): \(reason.meaning) \(audit)"
        return PlainText.wrapped(head, columns: columns, indent: "  ", further: indent).map {
            $0.replacing(audit, with: "(audit \(reason.audit))")
        }
            + PlainText.wrapped(reason.example + more, columns: columns, indent: indent)
            + PlainText.wrapped("Remedy: \(reason.remedy)", columns: columns, indent: indent)
    }
}
