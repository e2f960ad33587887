import Analysis
import Auditing
import Experiments
import TraceModel

extension MarkdownReport {
    /// Reasons that are shown at once; the others open on a click.
    private static let openReasonCount = 10

    /// The verdict on each pairing, then its reasons, numbered so that the verdict can name them.
    var trust: [Markdown] {
        let findings = summary.findings
        var blocks: [Markdown] = ["## How far to trust it", Markdown(verbatim: verdicts.joined(separator: "\n"))]
        guard summary.analysedTrialCount > 0 || !findings.isEmpty else {
            return ["## How far to trust it", "No trial was analysed, so there is nothing to trust or to doubt."]
        }
        guard !findings.isEmpty else { return blocks + ["No audit had anything to say against this run."] }
        let items = findings.enumerated().map { index, finding -> Markdown in
            let subject = finding.subject ?? "whole run"
            return """
                \(index + 1). **\(finding.severity.rawValue)**, \(subject), \(code: finding.audit): \
                \(finding.sentence) *Remedy:* \(finding.remedy)
                """
        }
        blocks.append(Self.list(items.prefix(Self.openReasonCount)))
        let rest = items.dropFirst(Self.openReasonCount)
        if !rest.isEmpty {
            blocks.append(.details(summary: "\(rest.count.counted("more reason"))", [Self.list(rest)]))
        }
        return blocks
    }

    private var verdicts: [String] {
        summary.verdict.byPairing.map { item in
            let reasons = summary.findings.enumerated().filter { _, finding in
                finding.severity > .note && (finding.subject == nil || finding.subject == item.pairing.title)
            }.map { String($0.offset + 1) }
            let because =
                switch reasons.count {
                case 0: "."
                case 1: ": reason \(reasons[0])."
                default: ": reasons \(reasons.joined(separator: ", "))."
                }
            let title = item.pairing.title.prefix(1).uppercased() + item.pairing.title.dropFirst()
            return ("- **\(title): \(item.level.rawValue)**\(because)" as Markdown).source
        }
    }

    private static func list(_ items: ArraySlice<Markdown>) -> Markdown {
        Markdown(verbatim: items.map(\.source).joined(separator: "\n"))
    }

    /// How many of the planned trials the numbers rest on, and why the others gave none.
    var missingTrials: [Markdown] {
        let line: Markdown = """
            Analysed: \(summary.analysedTrialCount) of \(summary.plan.trials.count.counted("planned trial")), each in a \
            process of its own.
            """
        guard !summary.missingTrials.isEmpty else { return [line] }
        var table = MarkdownTable([("Trial without numbers", .left), ("Why", .left)])
        for trial in summary.missingTrials { table.append(["\(code: trial.identifier)", "\(trial.reason)"]) }
        return [line, table.markdown]
    }
}
