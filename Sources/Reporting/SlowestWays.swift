// `slowest.md` lies beside the report: the ways of the slowest requests would make its page too long. Each cell has a heading
// of fixed words, so that the report can link to it.

import Analysis
import Experiments
import Following
import Quantities
import TraceModel

/// The slowest requests of each cell: their ways, and the table in the report that leads to them.
struct SlowestWays {
    static let path = "slowest.md"

    private let summary: ExperimentSummary

    init(of summary: ExperimentSummary) { self.summary = summary }

    /// Whether any request was done in a measured window, and followed: else there is no file.
    var isEmpty: Bool { summary.cells.allSatisfy(\.slowest.isEmpty) }

    /// The file.
    var text: String {
        let cells = summary.cells.enumerated().filter { !$0.element.slowest.isEmpty }
        let opening: [Markdown] = [
            "# The slowest requests of \(summary.declaration.name)",
            """
            Of each cell the requests of the measured windows that took longest, over all trials that count, and the whole way of each, as the \
            command above it prints it in the repository's folder. The traces are kept where the run was made: git ignores them, so \
            that a fresh clone has none until the experiment is run there. Times are counted from the request's \
            first event; → marks another OS thread, or CPU, than at the event before. [The report](report.md) has the figures.
            """,
        ]
        let sections = cells.flatMap { index, cell -> [Markdown] in
            ["## Cell \(index + 1)", "\(cell.cell.title)"]
                + cell.slowest.map { slowest in
                    Markdown.fenced(
                        heading(of: slowest)
                            + WayText(of: slowest.way, isSimulated: summary.declaration.program == .systemSimulator)
                            .lines)
                }
        }
        return (opening + sections).map(\.source).joined(separator: "\n\n") + "\n"
    }

    /// The trial, and the command that follows the request in its trace.
    private func heading(of slowest: SlowestRequest) -> [String] {
        let trial = "Trial \(PlainText.singleLine(slowest.trial))"
        guard let run = summary.run else { return [trial] }
        let trace = "Results/\(summary.plan.experiment)/runs/\(run)/trials/\(slowest.trial)/trace"
        return [trial, PlainText.singleLine("$ assay trace follow \(trace) --request \(slowest.way.request)")]
    }

    /// The report's section; nothing where no cell has a request.
    func section(
        columns: [(title: Markdown, alignment: MarkdownTable.Alignment)], cells label: (CellSummary) -> [Markdown]
    ) -> [Markdown] {
        let found = summary.cells.enumerated().filter { !$0.element.slowest.isEmpty }
        let longest = found.flatMap { $0.element.slowest.map { Double($0.elapsedNanoseconds) } }.max()
        guard let longest else { return [] }
        let scale = Scale.fitting(nanoseconds: longest)
        var table = MarkdownTable(
            columns + [
                ("slowest request (\(scale.unit))", .right), ("longest stage of it", .left), ("trial", .left),
                ("its way", .left),
            ])
        for (index, cell) in found {
            let first = cell.slowest[0]
            table.append(
                label(cell) + [
                    "\(verbatim: scale.number(nanoseconds: Double(first.elapsedNanoseconds), decimals: 3))",
                    "\(first.longestPart(scale))", "\(code: first.trial)",
                    "[request \(verbatim: String(first.way.request))](\(verbatim: Self.path)#cell-\(index + 1))",
                ])
        }
        return [
            "## The slowest requests",
            """
            The slowest request of each cell, and where its time went; [\(verbatim: Self.path)](\(verbatim: Self.path)) follows \
            the three slowest of each through client, network, queue, store and back, across OS threads.
            """,
            table.markdown,
        ]
    }
}

extension SlowestRequest {
    /// As in `queue-wait, 812.400 ms`: the part of the request that took longest.
    fileprivate func longestPart(_ scale: Scale) -> String {
        let parts: [Stage] = [.outboundNetwork, .queueWait, .persist, .returnNetwork]
        let end = way.stages.first { $0.stage == .request }?.done ?? way.traceEnd
        // A write that outlives its request is no part of it.
        let found = way.stages.filter { parts.contains($0.stage) && ($0.done ?? .max) <= end }
        guard
            let longest = found.max(by: { ($0.elapsedNanoseconds ?? 0) < ($1.elapsedNanoseconds ?? 0) }),
            let elapsed = longest.elapsedNanoseconds
        else { return FigureColumn.absent }
        return "\(longest.stage.rawValue), \(scale.text(nanoseconds: Double(elapsed), decimals: 3))"
    }
}
