// The order of the sections is the reader's: the question, the verdict on the figures with its numbered reasons, the answers
// with the figure that decided each, what else decided, and only then pictures and tables. No number of the experiment's
// stands before the verdict.

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
        let opening: [Markdown] =
            ["# \(summary.declaration.name)", "**Question.** \(summary.declaration.question)"] + original + trust
            + profileNotice + answer + missingTrials
        let sections =
            exclusions + decisions + outsideObservers + sideBySide + figures + stageSections + startUp + machineAdded
            + effects + pairing + load + environment + comparison + slowest + logSummaries + files + provenance
        return (opening + [contents(of: sections)] + sections).map(\.source).joined(separator: "\n\n") + "\n"
    }

    private var slowest: [Markdown] {
        SlowestWays(of: summary).section(columns: factorColumns, cells: factorCells(of:))
    }

    /// What the report calls the original, before it speaks of it.
    private var original: [Markdown] {
        summary.declaration.reference.map { ["**The original**, where this report speaks of it: \($0.source)."] } ?? []
    }

    /// Links to the sections that follow, under the anchors that GitHub gives their headings.
    private func contents(of sections: [Markdown]) -> Markdown {
        let headings = sections.map(\.source).filter { $0.hasPrefix("## ") }.map { $0.dropFirst(3) }
        let links = headings.map { heading in
            let words = heading.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }
            return
                "[\(heading)](#\(words.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "-")))"
        }
        return Markdown(verbatim: "Below: " + links.joined(separator: " · "))
    }

    /// Said at the top when the run was shorter than the experiment asks for.
    private var profileNotice: [Markdown] {
        let plan = summary.plan
        guard plan.profile != "full" else { return [] }
        let full: Markdown =
            summary.declaration.schedules["full"].map { ", where `full` has \(scheduleText($0))" } ?? ""
        let undecided = summary.hypotheses.indices.filter { summary.hypotheses[$0].answer == .undecided }.map { $0 + 1 }
        let rest =
            undecided.isEmpty
            ? "It decided every hypothesis." : "It could not decide \(NumberList.text(undecided, prefix: "H"))."
        return ["> **Reduced profile \(code: plan.profile)**: \(scheduleText(plan.schedule))\(full). \(rest)"]
    }

    private func scheduleText(_ schedule: Schedule) -> Markdown {
        guard schedule.measureNanoseconds > 0 else { return "\(schedule.trials.counted("trial")) a cell" }
        let warmUp = PlainText.length(nanoseconds: schedule.warmUpNanoseconds)
        let measured = PlainText.length(nanoseconds: schedule.measureNanoseconds)
        return "\(schedule.trials.counted("trial")) a cell, \(warmUp) of warm-up and \(measured) measured in each"
    }

    // MARK: Answer

    /// The statements with what became of them: the supported ones first, for they are the answer.
    private var answer: [Markdown] {
        let outcomes = summary.hypotheses
        guard !outcomes.isEmpty else { return ["## Answer", "No hypothesis was declared: the tables are the answer."] }
        let answers: [HypothesisOutcome.Answer] = [.supported, .refuted, .undecided]
        let counts = answers.map { answer in "\(outcomes.count { $0.answer == answer }) \(answer.rawValue)" }
        let items = answers.flatMap { answer in
            outcomes.enumerated().filter { $0.element.answer == answer }.map { index, outcome -> Markdown in
                """
                - **\(answer.rawValue.capitalisedFirst)** (H\(index + 1)): \(outcome.hypothesis.statement)\
                \(decidingText(of: outcome))\(doubtText(of: outcome))
                """
            }
        }
        return [
            "## Answer",
            """
            Of \(outcomes.count.counted("hypothesis", "hypotheses")) declared before the run \
            (\(link: "how they are decided", to: "experiments.md#how-a-hypothesis-is-decided")): \
            **\(counts.joined(separator: ", "))**.
            """,
            Markdown(verbatim: items.map(\.source).joined(separator: "\n")),
        ]
    }

    /// As in ` *50.04 … 50.11 ms; wanted for the p50: 50 ms ± 1 ms.*`.
    private func decidingText(of outcome: HypothesisOutcome) -> Markdown {
        guard let deciding = outcome.deciding else { return "" }
        let claim = ClaimText(outcome.hypothesis)
        return " *\(deciding); wanted for the \(claim.subject): \(claim.wanted).*"
    }

    /// The doubt about the figures, which stays with the answer; empty where they are trusted.
    private func doubtText(of outcome: HypothesisOutcome) -> String {
        guard summary.analysedTrialCount > 0, outcome.trust != .trusted else { return "" }
        return " (figures \(outcome.trust.rawValue))"
    }

    // MARK: What decided

    private var decisions: [Markdown] {
        guard !summary.hypotheses.isEmpty else { return [] }
        let compares =
            summary.analysedTrialCount > 0 && summary.hypotheses.contains { $0.hypothesis.claim.along != nil }
        let note: [Markdown] =
            compares
            ? [
                """
                A ratio is the geometric mean of the ratios within blocks, so that it may differ from the quotient of the \
                two figures beside it; a difference is the mean of those within blocks.
                """
            ] : []
        return ["## What decided"] + note
            + summary.hypotheses.enumerated().map { index, outcome in
                let head: Markdown = """
                    **H\(index + 1), \(outcome.answer.rawValue).** \(outcome.hypothesis.statement)

                    Rule: \(ClaimText(outcome.hypothesis).text). \(trustText(of: outcome))
                    """
                let figures = outcome.figures.map { "- \($0)" as Markdown }.map(\.source).joined(separator: "\n")
                guard outcome.figures.count > 10 else {
                    return figures.isEmpty ? head : "\(head)\n\n\(verbatim: figures)"
                }
                let folded = Markdown.details(
                    summary: "\(outcome.figures.count) figures", [Markdown(verbatim: figures)])
                return "\(head)\n\n\(folded)"
            }
    }

    /// How far the figures that a hypothesis rests on can be trusted.
    private func trustText(of outcome: HypothesisOutcome) -> String {
        guard summary.analysedTrialCount > 0 else { return "There are no figures." }
        return "The figures it rests on: \(outcome.trust.rawValue)."
    }
}
