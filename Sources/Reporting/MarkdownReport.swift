// The order of the sections is the reader's: the question, the answers without figures, how far the figures can be
// trusted, what decided, and only then pictures and tables. No measured number stands before the verdict.

import Analysis
import Experiments
import Quantities
import TraceModel

/// `report.md`, in GitHub Markdown.
///
/// Headings are fixed words, so that links to them outlive a change of the numbers.
struct MarkdownReport {
    let summary: ExperimentSummary
    let plots: PlotSelection

    init(of summary: ExperimentSummary, plots: PlotSelection) {
        self.summary = summary
        self.plots = plots
    }

    var text: String {
        let sections =
            answer + trust + missingTrials + decisions + sideBySide + stageSections + pairing + load + comparison
            + logSummaries + provenance
        let opening: [Markdown] =
            ["# \(summary.declaration.name)", "**Question.** \(summary.declaration.question)"] + profileNotice
        return (opening + [contents(of: sections)] + sections).map(\.source).joined(separator: "\n\n") + "\n"
    }

    /// Links to the sections that are there, under the anchors that GitHub gives their headings.
    private func contents(of sections: [Markdown]) -> Markdown {
        let headings = sections.map(\.source).filter { $0.hasPrefix("## ") }.map { $0.dropFirst(3) }
        let links = headings.map { heading in
            let words = heading.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }
            return
                "[\(heading)](#\(words.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "-")))"
        }
        return Markdown(verbatim: links.joined(separator: " · "))
    }

    /// Said at the top when the run was shorter than the experiment asks for.
    private var profileNotice: [Markdown] {
        let plan = summary.plan
        guard plan.profile != "full" else { return [] }
        let full: Markdown =
            summary.declaration.schedules["full"].map { ", where `full` has \(scheduleText($0))" } ?? ""
        let undecided = summary.undecided.map { "> - \($0.hypothesis.statement)" as Markdown }
        let rest: Markdown =
            undecided.isEmpty ? "It decided every hypothesis." : "It could not decide:"
        let head: Markdown = """
            > **Reduced profile \(code: plan.profile)**: \(scheduleText(plan.schedule))\(full). \(rest)
            """
        guard !undecided.isEmpty else { return [head] }
        return [Markdown(verbatim: ([head, ">"] + undecided).map(\.source).joined(separator: "\n"))]
    }

    private func scheduleText(_ schedule: Schedule) -> Markdown {
        let warmUp = Duration.nanoseconds(schedule.warmUpNanoseconds).text
        let measured = Duration.nanoseconds(schedule.measureNanoseconds).text
        return "\(schedule.trials.counted("trial")) a cell, \(warmUp) of warm-up and \(measured) measured in each"
    }

    // MARK: Answer

    private var answer: [Markdown] {
        let outcomes = summary.hypotheses
        guard !outcomes.isEmpty else { return ["## Answer", "No hypothesis was declared: the tables are the answer."] }
        let counts = [HypothesisOutcome.Answer.supported, .refuted, .undecided].map { answer in
            "\(outcomes.count { $0.answer == answer }) \(answer.rawValue)"
        }
        var table = MarkdownTable([("", .left), ("Hypothesis", .left), ("Answer", .left), ("Reads", .left)])
        for (index, outcome) in outcomes.enumerated() {
            table.append([
                "H\(index + 1)", "\(outcome.hypothesis.statement)", "**\(outcome.answer.rawValue)**",
                "\(reading(of: outcome.hypothesis))",
            ])
        }
        let line: Markdown = "Of \(outcomes.count.counted("hypothesis", "hypotheses")) declared before the run: "
        return ["## Answer", "\(line)**\(counts.joined(separator: ", "))**.", table.markdown]
    }

    /// Which readings a hypothesis speaks of, with the verdict on them.
    private func reading(of hypothesis: Hypothesis) -> String {
        let pairings: [PairingKey?] =
            switch hypothesis.claim {
            case _ where !hypothesis.metric.dependsOnPairing: [nil]
            case .equivalent(.pairing, _), .varies(.pairing, _), .rises(.pairing), .falls(.pairing):
                summary.declaration.pairings
            default: [hypothesis.pairing]
            }
        return pairings.map { pairing in
            "\(pairing?.title ?? "any pairing"): \(summary.level(of: pairing).rawValue)"
        }.joined(separator: "; ")
    }

    // MARK: What decided

    private var decisions: [Markdown] {
        guard !summary.hypotheses.isEmpty else { return [] }
        return ["## What decided"]
            + summary.hypotheses.enumerated().map { index, outcome in
                let head: Markdown = "**H\(index + 1), \(outcome.answer.rawValue).** \(outcome.hypothesis.statement)"
                let figures = outcome.figures.map { "- \($0)" as Markdown }.map(\.source).joined(separator: "\n")
                guard outcome.figures.count > 10 else {
                    return figures.isEmpty ? head : "\(head)\n\n\(verbatim: figures)"
                }
                let folded = Markdown.details(
                    summary: "\(outcome.figures.count) figures", [Markdown(verbatim: figures)])
                return "\(head)\n\n\(folded)"
            }
    }
}
