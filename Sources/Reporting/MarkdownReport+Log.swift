import Analysis
import Experiments
import Statistics
import TraceModel

extension MarkdownReport {
    // MARK: The log's own summary

    /// The text histograms stay within this many bytes, in the order of the cells, so that GitHub still renders the
    /// page; those of the remaining cells are in `histograms.csv`.
    static let logSummaryByteLimit = 24_576

    /// Of the stages that the log summarised, those that hypotheses speak of; where there are none, the one that weighs
    /// most.
    private var loggedStages: [Stage] {
        let named = summary.hypotheses.compactMap(\.hypothesis.metric.stage)
        let candidates = summary.stagesByWeight.filter(LogSummary.stages.contains)
        let chosen = candidates.filter(named.contains)
        return chosen.isEmpty ? Array(candidates.prefix(1)) : chosen
    }

    var logSummaries: [Markdown] {
        let cells = summary.cells.filter { $0.trialCount > 0 }
        var blocks: [Markdown] = []
        var byteCount = 0
        var originals: [[ReferenceBucket]] = []
        var leavesOutOriginal = false
        for cell in cells {
            let parts = loggedStages.map { stage -> [String] in
                let found = summary.declaration.pairings.compactMap { pairing -> StageSummary? in
                    guard var found = cell.stage(stage, .all, pairing) else { return nil }
                    if originals.contains(found.referenceHistogram) {
                        found.referenceHistogram = []
                        leavesOutOriginal = true
                    } else if !found.referenceHistogram.isEmpty {
                        originals.append(found.referenceHistogram)
                    }
                    return found
                }
                return LogSummary(found).lines
            }
            let lines = Array(parts.filter { !$0.isEmpty }.joined(separator: [""]))
            guard !lines.isEmpty else { continue }
            let block = Markdown.details(summary: "\(html: cell.cell.title)", [.fenced(lines)])
            guard byteCount + block.source.utf8.count <= Self.logSummaryByteLimit else { break }
            byteCount += block.source.utf8.count
            blocks.append(block)
        }
        guard !blocks.isEmpty else { return [] }
        let left = cells.count - blocks.count
        let note: [Markdown] =
            left == 0
            ? []
            : ["Histograms of \(left.counted("more cell")) are in `histograms.csv` only: the page would grow too long."]
        return ["## The log's own summary", logIntroduction(leavesOutOriginal: leavesOutOriginal)] + blocks + note
    }

    private func logIntroduction(leavesOutOriginal: Bool) -> Markdown {
        let others = summary.stagesShown.filter { !loggedStages.contains($0) }.map(\.rawValue)
        let shown = loggedStages.map(\.rawValue).joined(separator: ", ")
        let elsewhere: Markdown =
            others.isEmpty
            ? ""
            : """
             Shown here: \(shown). The figures and histograms of \(others.joined(separator: ", ")) are in `summary.csv` \
            and `histograms.csv`.
            """
        let once: Markdown =
            leavesOutOriginal ? " The original's histogram stands in the first cell that it is compared with." : ""
        return """
            *The log* is that of the engineer who measured the original simulator (see the [README](../../README.md)). \
            Total, average, maximum and minimum in nanoseconds and the histograms, as the log printed them, for all \
            processes of a cell together. A line's value is its bucket's lower bound; equal steps are widened to at \
            most \(Distribution.linearRowLimit) lines.\(once)\(elsewhere)
            """
    }

    // MARK: Files

    /// What lies beside the report, and what a reader has to know to use it.
    var files: [Markdown] {
        let ways: Markdown =
            SlowestWays(of: summary).isEmpty
            ? ""
            : "- `slowest.md`: the slowest requests of each cell, followed from event to event across OS threads.\n"
        return [
            "## Files",
            """
            Their columns and keys: \(link: "results", to: "results.md").

            - `verdict.json`: the verdict and its reasons, for `assay audit` and other programs.
            - `summary.csv`: every figure above in full precision and more, one a row, with the verdict on its pairing. \
            A figure that could not be computed has no row.
            - `histograms.csv`: the histograms of all stages, one bucket a row, empty buckets left out. A bucket holds \
            its lower bound and not its upper one. To put the empty ones back: by powers of two each bucket begins \
            where the one before ends and is twice as wide; linear buckets of one histogram are all equally wide.
            \(ways)\
            - `plots/`: the pictures of this page.
            - `runs/`: traces, outputs and provenance of every trial, kept where the run was made, not in the repository.
            """,
        ]
    }
}
