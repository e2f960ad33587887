import Analysis
import Experiments
import Pairing
import Quantities
import Statistics
import TraceModel

extension MarkdownReport {
    // MARK: Pairing

    /// What became of every start and done: summed over the cells, then for each cell on a click. Columns that are zero
    /// in every row are left out.
    var pairing: [Markdown] {
        let cells = summary.cells.filter { $0.trialCount > 0 }
        let counts = cells.flatMap(\.stages).filter { $0.subset == .all }.map(\.counts)
        guard !counts.isEmpty else { return [] }
        let columns = PairingColumn.all.filter { column in counts.contains { $0[keyPath: column.count] != 0 } }
        let places: [(title: Markdown, alignment: MarkdownTable.Alignment)] = [("stage", .left), ("pairing", .left)]
        let titles = columns.map { ("\($0.title)" as Markdown, MarkdownTable.Alignment.right) }
        var overall = MarkdownTable(places + titles)
        var byCell = MarkdownTable(factorColumns + places + titles)
        for stage in summary.declaration.stages {
            for pairing in summary.declaration.pairings {
                let found = cells.compactMap { cell in cell.stage(stage, .all, pairing).map { (cell, $0.counts) } }
                guard !found.isEmpty else { continue }
                let total = found.map(\.1).reduce(PairingCounts(), +)
                let place: [Markdown] = ["\(stage.rawValue)", "\(pairing.title)"]
                overall.append(place + columns.map { Self.pairingCell($0, total) })
                for (cell, counts) in found {
                    byCell.append(factorCells(of: cell) + place + columns.map { Self.pairingCell($0, counts) })
                }
            }
        }
        return [
            "## Pairing",
            """
            Starts and dones of all cells, by stage and pairing; kinds that never occurred have no column. \
            \(PairingColumn.legend.capitalisedFirst)
            """,
            overall.markdown, .details(summary: "The same for each cell", [byCell.markdown]),
        ]
    }

    /// The count, with the share of the starts behind what was paired, and of the spans behind what changed thread.
    private static func pairingCell(_ column: PairingColumn, _ counts: PairingCounts) -> Markdown {
        let count = counts[keyPath: column.count]
        let whole =
            switch column.name {
            case "paired", "overwritten-starts": counts.starts
            case "changed-thread", "mismatched-requests", "shorter-than-drawn": counts.paired
            default: 0
            }
        guard whole > 0, count > 0 else { return "\(count)" }
        return "\(count) (\((100 * Double(count) / Double(whole)).fixed(1)) %)"
    }

    // MARK: Load and resources

    var load: [Markdown] {
        let cells = summary.cells.filter { $0.trialCount > 0 }
        guard !cells.isEmpty, summary.plan.source == .trace else { return [] }
        var blocks: [Markdown] = ["## Load and resources"]
        let columns = offeredColumns(of: cells) + loadColumns(of: cells) + resourceColumns(of: cells)
        if !columns.isEmpty {
            var table = MarkdownTable(factorColumns + columns.map { ("\($0.title)", .right) })
            for (index, cell) in cells.enumerated() {
                table.append(factorCells(of: cell) + columns.map { Markdown(verbatim: $0.cells[index]) })
            }
            blocks += [
                table.markdown,
                """
                Means over processes. \(intervalSentence(in: cells))\(countedNote(in: cells)) CPU time and memory are those of one \
                process.
                """,
            ]
        }
        return blocks + [eventTable(of: cells)]
    }

    /// What besides Student's t makes the intervals of what is counted; nothing where there are none.
    private func countedNote(in cells: [CellSummary]) -> String {
        guard cells.contains(where: { $0.trialCount > 1 }) else { return "" }
        return
            " Requests and writes done a second and the share of the blocked are counted: their intervals reach at least three "
            + "events, over all processes, to either side (the rule of three)."
    }

    private struct Column {
        let title: String
        let cells: [String]

        init(_ title: String, divisor: Double, limit: Double = .infinity, _ estimates: [Estimate?]) {
            let column = FigureColumn(divisor: divisor, limit: limit, estimates: estimates.compactMap(\.self))
            self.title = title
            self.cells = estimates.map(column.text)
        }
    }

    /// What the schedules of open loops asked for; nothing where every load was a closed loop.
    private func offeredColumns(of cells: [CellSummary]) -> [Column] {
        guard cells.contains(where: { $0.offeredLoad != nil }) else { return [] }
        return [
            Column("due (1/s)", divisor: 1, cells.map { $0.offeredLoad?.duePerSecond }),
            Column("due, not sent", divisor: 1, cells.map { $0.offeredLoad?.dueNotSent }),
        ]
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
            case .blockedShare: return Column("blocked (%)", divisor: 0.01, limit: 1, estimates)
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
        let kinds = EventKind.allCases.filter { kind in
            switch kind {
            case .measurementStart, .measurementEnd: false
            case .requestDue: cells.contains { $0.eventCounts[kind] != nil }
            default: true
            }
        }
        var table = MarkdownTable(
            factorColumns + [("trials", .right)] + kinds.map { ("\($0.name)", .right) } + [("open requests", .right)])
        for cell in cells {
            table.append(
                factorCells(of: cell) + ["\(cell.trialCount)"] + kinds.map { "\(cell.eventCounts[$0] ?? 0)" }
                    + ["\(cell.openRequests ?? 0)"])
        }
        return "Events of the measured windows, summed over the trials of each cell:\n\n\(table.markdown)"
    }
}
