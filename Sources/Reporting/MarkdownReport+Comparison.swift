import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

extension MarkdownReport {
    // MARK: Beside the original

    /// The reference's figures beside the measured ones: a row for each cell, stage and pairing, then, for figures of
    /// the whole process, a row for each cell. A figure that does not say a factor's level has one row for all of them.
    /// Each figure has its own unit, since they lie decades apart.
    var comparison: [Markdown] {
        guard summary.declaration.reference != nil else { return [] }
        let rows = comparisonRows
        guard !rows.isEmpty else { return [] }
        let tables = [rows.filter { $0.stage != nil }, rows.filter { $0.stage == nil }].filter { !$0.isEmpty }
        return [
            "## Beside the original",
            "The original → here (here / the original); what the original is stands at the top of this page.",
        ] + tables.map(table) + [
            """
            Intervals stand in the tables above. min and max are observed extremes, and grow with the number of \
            durations.\(countNote)\(looseNote(rows))
            """
        ]
    }

    /// Figures that belong on one row, and the cells that each stands beside.
    private struct ComparisonRow {
        /// One level for each factor of the declaration, nil where the figures do not say it.
        var levels: [String?]
        var stage: Stage?
        var subset: Metric.Subset
        var pairing: PairingKey?
        var figures: [(figure: ReferenceFigure, cells: [CellSummary])]
    }

    private var comparisonRows: [ComparisonRow] {
        var rows: [ComparisonRow] = []
        for cell in summary.cells {
            for figure in cell.reference where figure.metric.dimension != .count {
                let levels = summary.declaration.factors.map { factor in
                    factor.levels.count > 1 && figure.parameters[factor.name] == nil
                        ? nil : cell.cell.label(of: factor.name)
                }
                let (stage, subset) = (figure.metric.stage, figure.metric.subset)
                guard
                    let row = rows.firstIndex(where: {
                        ($0.stage, $0.subset, $0.pairing) == (stage, subset, figure.pairing) && $0.levels == levels
                    })
                else {
                    rows.append(
                        ComparisonRow(
                            levels: levels, stage: stage, subset: subset, pairing: figure.pairing,
                            figures: [(figure, [cell])]))
                    continue
                }
                if let place = rows[row].figures.firstIndex(where: { $0.figure == figure }) {
                    rows[row].figures[place].cells.append(cell)
                } else {
                    rows[row].figures.append((figure, [cell]))
                }
            }
        }
        return rows
    }

    private func table(_ rows: [ComparisonRow]) -> Markdown {
        var titles: [String] = []
        for figure in rows.flatMap(\.figures).map(\.figure) where !titles.contains(Self.columnTitle(figure.metric)) {
            titles.append(Self.columnTitle(figure.metric))
        }
        let isByStage = rows.contains { $0.stage != nil }
        let hasFactors = !summary.declaration.factors.isEmpty
        var table = MarkdownTable(
            (hasFactors ? factorColumns : []) + (isByStage ? [("stage", .left), ("pairing", .left)] : [])
                + titles.map { ("\($0)", .right) })
        for row in rows {
            let stage = row.stage.map { row.subset == .all ? $0.rawValue : "\($0.rawValue), \(row.subset.title)" }
            let place: [Markdown] = isByStage ? ["\(stage ?? "")", "\(row.pairing?.title ?? FigureColumn.absent)"] : []
            let figures = titles.map { title in
                let found = row.figures.first { Self.columnTitle($0.figure.metric) == title }
                return Markdown(
                    verbatim: found.map { text(of: $0.figure, beside: $0.cells) } ?? FigureColumn.absent)
            }
            table.append(row.levels.map { "\($0 ?? Self.unsaid)" } + place + figures)
        }
        return table.markdown
    }

    private static let unsaid = "not said"

    private static func columnTitle(_ metric: Metric) -> String {
        switch metric {
        case .stage(_, _, let statistic): StageTable.columnTitle(statistic)
        case .pairedShare: "starts that were paired"
        case .changedThreadShare: "spans that changed thread"
        case .throughput, .writeThroughput, .blockedShare, .cpuPerRequest, .peakMemory, .wallTime, .cpuTime, .reported:
            metric.title
        }
    }

    /// As in `65.80 ms → 48.92 ms (0.743)`, or `65.80 ms → 43.80 ms … 1.82 s (0.666 … 27.7)` beside several cells.
    private func text(of figure: ReferenceFigure, beside cells: [CellSummary]) -> String {
        let ours = cells.compactMap { measured(figure, in: $0)?.value }.filter(\.isFinite)
        let head = "\(text(of: figure.value, as: figure.metric)) → "
        guard let lowest = ours.min(), let highest = ours.max() else { return head + FigureColumn.absent }
        let ends = lowest == highest ? [lowest] : [lowest, highest]
        let ratios = ends.map { $0 / figure.value }.filter(\.isFinite)
        let shown =
            figure.value == 0 ? "" : " (\(ratios.map { FigureColumn(values: [$0]).text($0) }.joined(separator: " … ")))"
        return head + ends.map { text(of: $0, as: figure.metric) }.joined(separator: " … ") + shown
    }

    private func text(of value: Double, as metric: Metric) -> String {
        FigureFormat(metric: metric, values: [value]).text(value)
    }

    /// The extremes are those of all processes, as in the tables; all else is the estimate over processes.
    private func measured(_ figure: ReferenceFigure, in cell: CellSummary) -> Estimate? {
        guard case .stage(let stage, let subset, let statistic) = figure.metric,
            statistic == .minimum || statistic == .maximum, let pairing = figure.pairing
        else { return cell.estimate(of: figure.metric, figure.pairing) }
        return cell.stage(stage, subset, pairing).flatMap { StageTable.estimate(statistic, of: $0, .processes) }
    }

    /// Said where the reference has counts, which are of another length of time.
    private var countNote: String {
        let counts = summary.cells.flatMap(\.reference).filter { $0.metric.dimension == .count }
        return counts.isEmpty
            ? "" : " The original's counts are left out: they are of another length of time; rates can be compared."
    }

    /// Said where a figure of the reference stands beside several cells because its source does not say which it is of.
    private func looseNote(_ rows: [ComparisonRow]) -> String {
        let factors = summary.declaration.factors.indices.filter { index in
            rows.contains { $0.levels[index] == nil }
        }
        guard !factors.isEmpty else { return "" }
        let list = factors.map { summary.declaration.factors[$0].name }.joined(separator: " and ")
        return
            " Where the original does not say its \(list) (\(Self.unsaid)), it stands beside the range over all levels."
    }
}
