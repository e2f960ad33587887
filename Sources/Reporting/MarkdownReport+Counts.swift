import Analysis
import Experiments
import Pairing
import Quantities
import Statistics
import TraceModel

extension MarkdownReport {
    // MARK: Pairing

    /// What became of every start and done: summed over the cells, then for each cell on a click.
    var pairing: [Markdown] {
        let cells = summary.cells.filter { $0.trialCount > 0 }
        guard !cells.isEmpty else { return [] }
        var overall = MarkdownTable([("stage", .left), ("pairing", .left)] + Self.pairingColumns)
        var byCell = MarkdownTable(factorColumns + [("stage", .left), ("pairing", .left)] + Self.pairingColumns)
        for stage in summary.declaration.stages {
            for pairing in summary.declaration.pairings {
                let found = cells.compactMap { cell in cell.stage(stage, .all, pairing).map { (cell, $0.counts) } }
                guard !found.isEmpty else { continue }
                let total = found.map(\.1).reduce(PairingCounts(), +)
                overall.append(["\(stage.rawValue)", "\(pairing.title)"] + Self.pairingCells(total))
                for (cell, counts) in found {
                    let place: [Markdown] = ["\(stage.rawValue)", "\(pairing.title)"]
                    byCell.append(factorCells(of: cell) + place + Self.pairingCells(counts))
                }
            }
        }
        return [
            "## Pairing",
            "Starts and dones of all cells, by stage and pairing. \(PairingColumn.legend.capitalisedFirst)",
            overall.markdown, .details(summary: "The same for each cell", [byCell.markdown]),
        ]
    }

    private static let pairingColumns: [(title: Markdown, alignment: MarkdownTable.Alignment)] =
        PairingColumn.all.map { ("\($0.title)", .right) }

    /// The counts, with the share of the starts behind what was paired, and of the spans behind what changed thread.
    private static func pairingCells(_ counts: PairingCounts) -> [Markdown] {
        PairingColumn.all.map { column in
            let count = counts[keyPath: column.count]
            let whole =
                switch column.name {
                case "paired", "overwritten-starts": counts.starts
                case "changed-thread", "mismatched-requests", "shorter-than-drawn": counts.paired
                default: 0
                }
            guard whole > 0, count > 0 else { return "\(count)" }
            return "\(count) (\((100 * Double(count) / Double(whole)).fixed(2)) %)"
        }
    }

    // MARK: Load and resources

    var load: [Markdown] {
        let cells = summary.cells.filter { $0.trialCount > 0 }
        guard !cells.isEmpty else { return [] }
        var blocks: [Markdown] = ["## Load and resources"]
        let columns = loadColumns(of: cells) + resourceColumns(of: cells)
        if !columns.isEmpty {
            var table = MarkdownTable(factorColumns + columns.map { ("\($0.title)", .right) })
            for (index, cell) in cells.enumerated() {
                table.append(factorCells(of: cell) + columns.map { Markdown(verbatim: $0.cells[index]) })
            }
            blocks += [
                table.markdown,
                "Means over processes. \(intervalSentence(in: cells)) CPU time and memory are those of one process.",
            ]
        }
        return blocks + [eventTable(of: cells)]
    }

    private struct Column {
        let title: String
        let cells: [String]

        init(_ title: String, divisor: Double, _ estimates: [Estimate?]) {
            let column = FigureColumn(divisor: divisor, estimates: estimates.compactMap(\.self))
            self.title = title
            self.cells = estimates.map(column.text)
        }
    }

    private func loadColumns(of cells: [CellSummary]) -> [Column] {
        [Metric.throughput, .writeThroughput, .blockedShare, .cpuPerRequest].compactMap { metric in
            let estimates = cells.map { $0.estimate(of: metric) }
            let values = estimates.compactMap { $0?.value }.filter(\.isFinite).sorted()
            guard !values.isEmpty else { return nil }
            let scale = Scale.fitting(nanoseconds: values[values.count / 2])
            switch metric {
            case .throughput: return Column("requests done (1/s)", divisor: 1, estimates)
            case .writeThroughput: return Column("writes done (1/s)", divisor: 1, estimates)
            case .blockedShare: return Column("blocked (%)", divisor: 0.01, estimates)
            default: return Column("CPU a request (\(scale.unit))", divisor: scale.nanosecondsPerUnit, estimates)
            }
        }
    }

    private func resourceColumns(of cells: [CellSummary]) -> [Column] {
        ResourceColumn.present(in: cells).map { column in
            Column(column.title, divisor: column.divisor, cells.map { $0.resource(column.name) })
        }
    }

    private func eventTable(of cells: [CellSummary]) -> Markdown {
        let kinds = EventKind.allCases.filter { $0 != .measurementStart && $0 != .measurementEnd }
        var table = MarkdownTable(
            factorColumns + [("trials", .right)] + kinds.map { ("\($0.name)", .right) } + [("open requests", .right)])
        for cell in cells {
            table.append(
                factorCells(of: cell) + ["\(cell.trialCount)"] + kinds.map { "\(cell.eventCounts[$0] ?? 0)" }
                    + ["\(cell.openRequests)"])
        }
        return "Events of the measured windows, summed over the trials of each cell:\n\n\(table.markdown)"
    }

    // MARK: The log's own summary

    /// The text histograms stay within this many bytes, in the order of the cells, so that GitHub still renders the
    /// page; those of the remaining cells are in `histograms.csv`.
    static let logSummaryByteLimit = 262_144

    var logSummaries: [Markdown] {
        let cells = summary.cells.filter { $0.trialCount > 0 }
        var blocks: [Markdown] = []
        var byteCount = 0
        for cell in cells {
            let stages = LogSummary.stages.filter(summary.declaration.stages.contains)
            let fences = stages.compactMap { stage -> Markdown? in
                let found = summary.declaration.pairings.compactMap { cell.stage(stage, .all, $0) }
                return found.isEmpty ? nil : .fenced(LogSummary(found).lines)
            }
            guard !fences.isEmpty else { continue }
            let block = Markdown.details(summary: "\(html: cell.cell.title)", fences)
            guard byteCount + block.source.utf8.count <= Self.logSummaryByteLimit else { break }
            byteCount += block.source.utf8.count
            blocks.append(block)
        }
        guard !blocks.isEmpty else { return [] }
        let head: [Markdown] = [
            "## The log's own summary",
            """
            Total, average, maximum and minimum in nanoseconds and the histograms, as the log printed them, for all \
            processes of a cell together. A line's value is its bucket's lower bound.
            """,
        ]
        let left = cells.count - blocks.count
        let note: [Markdown] =
            left == 0
            ? []
            : ["Histograms of \(left.counted("more cell")) are in `histograms.csv` only: the page would grow too long."]
        return head + blocks + note
    }
}
