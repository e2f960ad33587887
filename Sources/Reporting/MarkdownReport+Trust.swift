import Analysis
import Auditing
import Experiments
import TraceModel

extension MarkdownReport {
    /// The verdict on each pairing with its reasons in a few words, then the reasons, numbered so that the verdict can
    /// name them; notes, which do not touch the verdict, come last and folded.
    var trust: [Markdown] {
        let heading: Markdown = "## Verdict"
        let reasons = Reason.all(in: summary)
        guard summary.analysedTrialCount > 0 || !reasons.isEmpty else {
            return [heading, "No trial was analysed, so there is nothing to trust or to doubt."]
        }
        var items = summary.verdict.byPairing.map { item in
            verdict(item.pairing.title.capitalisedFirst, item.level, reasons.filter { $0.concerns(item.pairing) })
        }
        if let level = summary.verdict.ofProcesses {
            items.append(verdict("The processes' figures", level, reasons.filter { $0.severity > .note }))
        }
        let verdicts = items.map(\.source).joined(separator: "\n")
        var blocks: [Markdown] =
            [heading, Markdown(verbatim: verdicts)] + claimsAboutInvalidFigures
        guard !reasons.isEmpty else {
            return blocks + ["No audit that could judge this run had anything to say against it."] + unapplied
        }
        blocks += reasons.filter { $0.severity > .note }.map(item)
        blocks += unapplied
        let notes = reasons.filter { $0.severity == .note }
        if !notes.isEmpty {
            blocks.append(.details(summary: "\(notes.count.counted("note")); the figures stand", notes.map(item)))
        }
        return blocks
    }

    /// The audits that could not be applied, on one line.
    private var unapplied: [Markdown] {
        summary.unapplied.isEmpty ? [] : [UnappliedText.markdown(summary.unapplied)]
    }

    /// As in `By thread: invalid, because in 8 of 10 cells spans are shorter than … (2); …`.
    private func verdict(_ title: String, _ level: Verdict.Level, _ concerning: [Reason]) -> Markdown {
        let head: Markdown = "- **\(title): \(level.rawValue)**"
        guard !concerning.isEmpty else { return "\(head)." }
        var meanings: [String] = []
        for reason in concerning where !meanings.contains(reason.meaning) { meanings.append(reason.meaning) }
        let parts = meanings.map { meaning in
            let same = concerning.filter { $0.meaning == meaning }
            let cells = same.count == 1 ? same[0].cellText(of: summary.cells).map { "in \($0) " } ?? "" : ""
            return "\(cells)\(meaning) (\(NumberList.text(same.map(\.number))))"
        }
        return "\(head), because \(parts.joined(separator: "; "))."
    }

    /// What it means that a hypothesis rests on a pairing that is invalid.
    private var claimsAboutInvalidFigures: [Markdown] {
        let numbers = summary.hypotheses.enumerated().filter { $0.element.trust == .invalid }.map { $0.offset + 1 }
        guard !numbers.isEmpty else { return [] }
        let list = NumberList.text(numbers, prefix: "H")
        let verb = numbers.count == 1 ? "rests" : "rest"
        return [
            """
            \(list) \(verb) on figures that are invalid: what such a figure reads is a fact about the pairing, not \
            about the program.
            """
        ]
    }

    /// One reason as an item of a numbered list, its parts indented below it.
    private func item(_ reason: Reason) -> Markdown {
        let subject = reason.subject.map { ", \($0)" } ?? ""
        let place = reason.cellText(of: summary.cells).map { ", in \($0)" } ?? ""
        let head: Markdown = """
            **\(reason.severity.rawValue)**\(subject)\(place): \(reason.meaning) \
            (\(link: "audit", to: "audits.md") \(code: reason.audit)).
            """
        let parts: [Markdown] = ["\(reason.example)", "*Remedy:* \(reason.remedy)"]
        guard reason.sentences.count > 1 else { return .listItem(reason.mark, head, parts) }
        let list = reason.sentences.map { ("- \($0)" as Markdown).source }.joined(separator: "\n")
        let folded = Markdown.details(
            summary: "All \(reason.sentences.count) findings", [Markdown(verbatim: list)])
        return .listItem(reason.mark, head, ["*For example:* \(reason.example)", parts[1]], folded: folded)
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
        return [
            line, table.markdown,
            """
            What each attempt printed is in `runs/…/failed/<trial>-attempt-<n>/`, as `output.txt` and `errors.txt`.
            """,
        ]
    }
}
