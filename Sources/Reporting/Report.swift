// One summary becomes a set of files. Everything here is pure: the same summary yields the same bytes on every
// machine, so a change of a committed report is a change of its numbers. Writing to disk is left to the caller.

import Analysis

/// The files of one experiment's report, ready to be written below `Results/<experiment>/`.
public struct Report: Sendable, Equatable {
    /// `report.md`, `verdict.json`, `summary.csv`, `histograms.csv`, `slowest.md` where a request was followed, then the plots in the
    /// order in which the report shows them.
    public let files: [ReportFile]

    /// Writes the report of one experiment.
    ///
    /// - Parameter summary: What to show. It may hold no finished trial at all; the report then says so.
    public init(of summary: ExperimentSummary) {
        let plots = PlotSelection(of: summary)
        let slowest = SlowestWays(of: summary)
        files =
            [
                ReportFile(path: "report.md", text: MarkdownReport(of: summary, plots: plots).text),
                ReportFile(path: "verdict.json", text: StoredVerdict(of: summary).json),
                ReportFile(path: "summary.csv", text: SummaryCSV(of: summary).text),
                ReportFile(path: "histograms.csv", text: HistogramsCSV(of: summary).text),
            ] + (slowest.isEmpty ? [] : [ReportFile(path: SlowestWays.path, text: slowest.text)])
            + plots.plots.map { ReportFile(path: $0.path, text: $0.canvas.svg) }
    }
}

/// One file of a report.
public struct ReportFile: Sendable, Equatable {
    /// Relative to the experiment's folder, with `/`; made of ASCII letters, digits, `.`, `-` and `/` only.
    public let path: String
    /// The content, in UTF-8.
    public let bytes: [UInt8]

    init(path: String, text: String) {
        self.path = path
        self.bytes = Array(text.utf8)
    }
}
