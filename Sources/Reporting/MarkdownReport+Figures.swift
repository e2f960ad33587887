import Analysis
import Auditing
import Experiments
import Quantities
import Statistics

extension MarkdownReport {
    /// The figures of the processes themselves, where they come from elsewhere than a trace: each metric of each cell with
    /// its interval, and the extremes of the processes.
    var figures: [Markdown] {
        guard summary.plan.source != .trace else { return [] }
        let cells = summary.cells.filter { $0.trialCount > 0 }
        guard !cells.isEmpty else { return [] }
        let origin =
            switch summary.plan.source {
            case .process: "What the kernel says of each process, from its start to its end"
            case .jsonLines:
                "What each process printed, and what the kernel says of it, from its start to its end"
            case .trace: ""
            }
        return ["## Figures", "\(origin). \(intervalSentence(in: cells))"]
            + summary.declaration.program.metrics.flatMap { metric -> [Markdown] in
                let rows = cells.compactMap { cell in cell.estimate(of: metric).map { (cell, $0) } }
                guard !rows.isEmpty else { return [] }
                var table = MarkdownTable(
                    factorColumns + [("mean", .right), ("min … max", .right), ("processes", .right)])
                let text = MetricText(metric)
                for (cell, estimate) in rows {
                    let mean = estimate.interval.map { text.text(estimate.value, $0) } ?? text.text(estimate.value)
                    let values = estimate.processValues
                    let range = values.min().flatMap { least in values.max().map { text.text(from: least, to: $0) } }
                    table.append(
                        factorCells(of: cell) + [
                            "\(verbatim: mean)", "\(verbatim: range ?? FigureColumn.absent)", "\(values.count)",
                        ])
                }
                return ["### \(metric.text)", "\(metric.title.capitalisedFirst).", table.markdown]
            }
    }
}
