import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

extension MarkdownReport {
    // MARK: Beside the original

    /// The reference's figures beside the measured ones: a row for each cell, stage and pairing, then, for figures of
    /// the whole process, a row for each cell. Each figure has its own unit, since they lie decades apart.
    var comparison: [Markdown] {
        guard let reference = summary.declaration.reference else { return [] }
        let rows = summary.cells.flatMap(rows)
        guard !rows.isEmpty else { return [] }
        let tables = [rows.filter { $0.stage != nil }, rows.filter { $0.stage == nil }].filter { !$0.isEmpty }
        return [
            "## Beside the original",
            "Original → here (here / original). Original: \(reference.source).",
        ] + tables.map(table) + [
            """
            Intervals stand in the tables above. Counts here are those of one process over \(measuredText), so they \
            have no ratio to a count over another length of time. min and max are observed extremes, and grow with the \
            number of durations.\(looseFigures)
            """
        ]
    }

    /// The figures of one cell that belong on one row.
    private struct ComparisonRow {
        var cell: CellSummary
        var stage: Stage?
        var subset: Metric.Subset
        var pairing: PairingKey?
        var figures: [ReferenceFigure]
    }

    private func rows(of cell: CellSummary) -> [ComparisonRow] {
        var rows: [ComparisonRow] = []
        for figure in cell.reference {
            let (stage, subset) = (figure.metric.stage, figure.metric.subset)
            let place = rows.firstIndex { ($0.stage, $0.subset, $0.pairing) == (stage, subset, figure.pairing) }
            if let place {
                rows[place].figures.append(figure)
            } else {
                rows.append(
                    ComparisonRow(
                        cell: cell, stage: stage, subset: subset, pairing: figure.pairing, figures: [figure]))
            }
        }
        return rows
    }

    private func table(_ rows: [ComparisonRow]) -> Markdown {
        var titles: [String] = []
        for figure in rows.flatMap(\.figures) where !titles.contains(Self.columnTitle(figure.metric)) {
            titles.append(Self.columnTitle(figure.metric))
        }
        let isByStage = rows.contains { $0.stage != nil }
        var table = MarkdownTable(
            factorColumns + (isByStage ? [("stage", .left), ("pairing", .left)] : [])
                + titles.map { ("\($0)", .right) })
        for row in rows {
            let stage = row.stage.map { row.subset == .all ? $0.rawValue : "\($0.rawValue), \(row.subset.title)" }
            let place: [Markdown] = isByStage ? ["\(stage ?? "")", "\(row.pairing?.title ?? FigureColumn.absent)"] : []
            let figures = titles.map { title in
                let figure = row.figures.first { Self.columnTitle($0.metric) == title }
                return Markdown(verbatim: figure.map { text(of: $0, in: row.cell) } ?? FigureColumn.absent)
            }
            table.append(factorCells(of: row.cell) + place + figures)
        }
        return table.markdown
    }

    private static func columnTitle(_ metric: Metric) -> String {
        switch metric {
        case .stage(_, _, let statistic): StageTable.columnTitle(statistic)
        case .pairedShare: "starts that were paired"
        case .changedThreadShare: "spans that changed thread"
        case .throughput, .writeThroughput, .blockedShare, .cpuPerRequest, .peakMemory: metric.title
        }
    }

    /// As in `65.80 ms → 48.92 ms (0.743)`.
    private func text(of figure: ReferenceFigure, in cell: CellSummary) -> String {
        let ours = measured(figure, in: cell)?.value
        let texts = [figure.value, ours].map { value in
            value.map { text(of: $0, as: figure.metric) } ?? FigureColumn.absent
        }
        return texts.joined(separator: " → ") + ratio(of: ours, to: figure)
    }

    private func text(of value: Double, as metric: Metric) -> String {
        let format = FigureFormat(metric: metric, values: [value])
        return metric.dimension == .count ? format.tickText((value * 10).rounded() / 10) : format.text(value)
    }

    /// The extremes are those of all processes, as in the tables; all else is the estimate over processes.
    private func measured(_ figure: ReferenceFigure, in cell: CellSummary) -> Estimate? {
        guard case .stage(let stage, let subset, let statistic) = figure.metric,
            statistic == .minimum || statistic == .maximum, let pairing = figure.pairing
        else { return cell.estimate(of: figure.metric, figure.pairing) }
        return cell.stage(stage, subset, pairing).flatMap { StageTable.estimate(statistic, of: $0, .processes) }
    }

    private func ratio(of ours: Double?, to figure: ReferenceFigure) -> String {
        guard let ours, figure.metric.dimension != .count, figure.value != 0 else { return "" }
        let ratio = ours / figure.value
        return ratio.isFinite ? " (\(FigureColumn(values: [ratio]).text(ratio)))" : ""
    }

    private var measuredText: String {
        "\(Duration.nanoseconds(summary.plan.schedule.measureNanoseconds).text) of measured time"
    }

    /// Said where a figure of the reference stands beside several cells because its source does not say which it is of.
    private var looseFigures: Markdown {
        let figures = summary.cells.flatMap(\.reference)
        let factors = summary.variedFactors.map(\.name).filter { name in
            figures.contains { $0.parameters[name] == nil }
        }
        guard !factors.isEmpty else { return "" }
        let list = factors.joined(separator: " and ")
        return " Where the original does not say its \(list), its figure stands beside every level."
    }
}
