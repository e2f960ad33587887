// An experiment that cannot run here has a report as well, and it is not the one of another machine: who runs all experiments and
// reads the reports must find out that this one was not run, and why.

import Experiments

/// The report of an experiment that was not run, ready to be written below `Results/<experiment>/`.
public struct NotRunReport: Sendable, Equatable {
    /// `report.md` alone: there is no figure to put into a table, and no verdict.
    public let files: [ReportFile]

    /// - Parameters:
    ///   - reason: Why it was not run, as a whole sentence.
    ///   - remedy: What to do, as a whole sentence.
    public init(of declaration: Declaration, reason: String, remedy: String) {
        let blocks: [Markdown] = [
            "# \(declaration.name)",
            "**Question.** \(declaration.question)",
            "## Not run",
            "**This experiment was not run.** \(reason)",
            "\(remedy)",
            """
            Nothing is known of its \(declaration.hypotheses.count.counted("hypothesis", "hypotheses")); no figure was measured, and \
            none is shown.
            """,
        ]
        files = [ReportFile(path: "report.md", text: blocks.map(\.source).joined(separator: "\n\n") + "\n")]
    }
}
