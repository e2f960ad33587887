import Analysis
import Auditing
import TraceModel

/// What `assay audit` prints: the verdict, then its numbered reasons with an example and a remedy each, then the notes.
public struct AuditReport: Sendable, Equatable {
    /// Lines that end in a line feed.
    public let text: String

    public init(of verdict: StoredVerdict) {
        var lines = ["\(PlainText.singleLine(verdict.subject)): \(verdict.level.rawValue)"]
        lines += verdict.pairings.map { "  \($0.pairing.title): \($0.level.rawValue)" }
        let judged = verdict.pairings.map(\.pairing.title)
        let reasons = verdict.reasons.filter { reason in
            reason.severity > .note && reason.subject.map(judged.contains) ?? true
        }
        let others = verdict.reasons.filter { reason in
            reason.severity > .note && !(reason.subject.map(judged.contains) ?? true)
        }
        let notes = verdict.reasons.filter { $0.severity == .note }
        if reasons.isEmpty { lines += ["", "No audit that could judge it had anything to say against it."] }
        lines += Self.section("Reasons", reasons)
        lines += Self.section("Not judged here", others)
        lines += Self.section("Notes; the figures stand", notes)
        if let absent = verdict.notApplicable {
            lines += ["", "Not applicable, since there is no trace: \(absent.joined(separator: ", "))"]
        }
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ title: String, _ reasons: [StoredVerdict.StoredReason]) -> [String] {
        guard !reasons.isEmpty else { return [] }
        return ["", title] + reasons.flatMap(lines)
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
