import Analysis
import Auditing
import TraceModel

/// What `assay audit` prints: the verdict, then its reasons with an example and a remedy each, numbered as they are shown, then
/// which audits could not be applied, then the notes.
public struct AuditReport: Sendable, Equatable {
    /// Lines that end in a line feed.
    public let text: String

    public init(of verdict: StoredVerdict) {
        var lines = ["\(PlainText.singleLine(verdict.subject)): \(verdict.level.rawValue)"]
        lines += verdict.pairings.map { "  \($0.pairing.title): \($0.level.rawValue)" }
        let reasons = verdict.reasons.filter { $0.severity > .note && verdict.counts($0) }
        let others = verdict.reasons.filter { $0.severity > .note && !verdict.counts($0) }
        let notes = verdict.reasons.filter { $0.severity == .note }
        if reasons.isEmpty { lines += ["", "No audit that could judge it had anything to say against it."] }
        lines += Self.section("Reasons", reasons)
        lines += Self.section("Not judged here", others)
        lines += Self.unapplied(verdict.unapplied)
        lines += Self.section("Notes; the figures stand", notes)
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ title: String, _ reasons: [StoredVerdict.StoredReason]) -> [String] {
        guard !reasons.isEmpty else { return [] }
        return ["", title] + reasons.flatMap(lines)
    }

    private static func unapplied(_ audits: [UnappliedAudit]?) -> [String] {
        guard let audits else { return ["", "Not applied: unknown, since an older release stored this verdict."] }
        return audits.isEmpty ? [] : ["", UnappliedText.line(audits)]
    }

    private static func lines(of reason: StoredVerdict.StoredReason) -> [String] {
        let mark = reason.number.map { "\($0)." } ?? "-"
        let subject = reason.subject.map { ", \($0)" } ?? ""
        let more = reason.findings.count > 1 ? " (one of \(reason.findings.count) findings)" : ""
        let indent = String(repeating: " ", count: mark.count + 3)
        return [
            "  \(mark) \(reason.severity.rawValue)\(subject): \(PlainText.singleLine(reason.meaning)) (audit \(reason.audit))",
            "\(indent)\(PlainText.singleLine(reason.example))\(more)",
            "\(indent)Remedy: \(PlainText.singleLine(reason.remedy))",
        ]
    }
}
