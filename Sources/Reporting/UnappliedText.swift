import Auditing

/// Which audits could not be applied, as one line: who reads *trusted* has to know what was not looked at.
enum UnappliedText {
    /// As in `Not applied: independence (3 of 10 blocks needed), oracle (no virtual twin).`
    static func line(_ audits: [UnappliedAudit]) -> String {
        "Not applied: " + audits.map { PlainText.singleLine("\($0.audit) (\($0.reason))") }.joined(separator: ", ")
            + "."
    }

    /// The same in Markdown, with a link to what the audits are.
    static func markdown(_ audits: [UnappliedAudit]) -> Markdown {
        let list = audits.map { ("\(code: $0.audit) (\($0.reason))" as Markdown).source }.joined(separator: ", ")
        return "\(link: "Not applied", to: "audits.md"): \(verbatim: list)."
    }
}
