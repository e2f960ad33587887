import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

extension MarkdownReport {
    /// What the figures of a stage rest on: how much its sample is worth, the pooled percentiles with processes as clusters, and
    /// what lies far out.
    func worth(_ stage: Stage, in cells: [CellSummary]) -> [Markdown] {
        let rows = cells.compactMap { cell in
            cell.stage(stage, .all, .request).flatMap { $0.pooled == nil ? nil : (cell, $0) }
        }
        guard !rows.isEmpty else { return [] }
        let scale = StageTable.scale(of: rows.map(\.1))
        let percentiles = Metric.Statistic.percentiles
        let pooled = rows.flatMap { _, stage in percentiles.compactMap { Self.pooledEstimate($0, of: stage) } }
        let column = FigureColumn.shared(
            [FigureColumn(divisor: scale.nanosecondsPerUnit, estimates: pooled)], scale: scale,
            means: rows.compactMap(\.1.pooled?.mean))
        let titles =
            ["values", "between processes", "design effect", "worth"]
            + percentiles.map { "pooled \($0.rawValue) (\(scale.unit))" } + ["open", "far out (low, high)", "refused"]
        var table = MarkdownTable(factorColumns + titles.map { ("\($0)", .right) })
        for (cell, stage) in rows {
            let figures =
                [String(stage.pooled?.count ?? 0)] + Self.worthTexts(stage.basis.worth)
                + percentiles.map { Self.pooledText($0, of: stage, in: column) }
                + [Self.openText(stage), Self.outlierText(stage.basis.outliers), Self.refusedText(stage)]
            table.append(factorCells(of: cell) + figures.map(Markdown.init(verbatim:)))
        }
        return [.details(summary: "What these figures rest on, by request", [table.markdown])]
    }

    /// What the columns of ``worth(_:in:)`` mean; said once, before the first stage.
    static let worthLegend: Markdown = """
        *What these figures rest on*, folded below each stage. *Between processes*: the share of the variance that lies between processes and not within them. *Worth*: how many \
        independent values would tell as much of the mean: values / design effect (Kish 1965). *Pooled*: of all processes together, \
        with the 95 % interval that takes each process as a cluster (Francisco and Fuller 1991). *[—]*: there is no such interval, \
        since the percentile counts in what was open (*open*; Kaplan and Meier 1958), or since there are too few processes. *Far out*: beyond Tukey's inner fences, 1.5 \
        interquartile ranges from the quartiles, of which beyond 3 ranges in brackets; they are classified, and none is left out. \
        *Refused*: percentiles that the process with the fewest values cannot carry, with the number that would.
        """

    /// The percentile with its interval; where it cannot have one, that is said.
    private static func pooledText(
        _ statistic: Metric.Statistic, of stage: StageSummary, in column: FigureColumn
    ) -> String {
        guard let estimate = pooledEstimate(statistic, of: stage) else { return FigureColumn.absent }
        return estimate.interval == nil ? "\(column.text(estimate)) [\(FigureColumn.absent)]" : column.text(estimate)
    }

    private static func pooledEstimate(_ statistic: Metric.Statistic, of stage: StageSummary) -> Estimate? {
        stage.pooled?[percentile: statistic].map {
            Estimate(value: $0, interval: stage.basis.pooledIntervals[statistic], processValues: [])
        }
    }

    private static func worthTexts(_ worth: SampleWorth?) -> [String] {
        guard let worth else { return Array(repeating: FigureColumn.absent, count: 3) }
        return [
            "\((100 * worth.betweenShare).fixed(1)) %", worth.designEffect.fixed(1), worth.effectiveCount.fixed(0),
        ]
    }

    private static func openText(_ stage: StageSummary) -> String {
        let share = stage.basis.openShare
        return share == 0 ? "0" : "\((100 * share).fixed(share < 0.001 ? 3 : 1)) %"
    }

    private static func outlierText(_ outliers: TukeyClasses?) -> String {
        guard let outliers else { return FigureColumn.absent }
        let low = outliers.mildLow + outliers.severeLow
        let high = outliers.mildHigh + outliers.severeHigh
        return "\(low) (\(outliers.severeLow)), \(high) (\(outliers.severeHigh))"
    }

    /// Of the process with the fewest values.
    private static func refusedText(_ stage: StageSummary) -> String {
        let smallest = stage.estimate(of: .count)?.processValues.min() ?? 0
        return Metric.Statistic.refusals { smallest < Double(SampleSize.minimum(forPercentile: $1)) }
    }
}
