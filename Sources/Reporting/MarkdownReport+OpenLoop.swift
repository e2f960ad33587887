import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

extension MarkdownReport {
    /// The same requests from when they were sent and from when they were due, with the assumption that the latter makes;
    /// nothing where the report does not show both stages.
    var sentAndDue: [Markdown] {
        let stages: [Stage] = [.request, .response]
        guard stages.allSatisfy(summary.stagesShown.contains) else { return [] }
        let cells = summary.cells.filter { $0.trialCount > 0 }
        let found = stages.map { stage in cells.map { $0.stage(stage, .all, .request) } }
        let scale = StageTable.scale(of: found.flatMap { $0 }.compactMap { $0 })
        let statistics: [Metric.Statistic] = [.mean, .p50, .p99]
        let columns = found.map { summaries in
            let parts = statistics.map { statistic in
                FigureColumn(
                    divisor: scale.nanosecondsPerUnit,
                    estimates: summaries.compactMap { $0?.estimate(of: statistic) })
            }
            let maxima = FigureColumn(
                divisor: scale.nanosecondsPerUnit,
                values: summaries.compactMap { $0?.pooled.map { Double($0.maximum) } })
            return FigureColumn.shared(
                parts + [maxima], scale: scale, means: summaries.compactMap { $0?.pooled?.mean })
        }
        let titles = ["sent", "due"].flatMap { origin in
            (statistics.map(\.title) + ["max"]).map { "\(origin): \($0) (\(scale.unit))" }
        }
        var table = MarkdownTable(factorColumns + titles.map { ("\($0)", .right) })
        for (index, cell) in cells.enumerated() {
            let figures = zip(columns, found).flatMap { column, summaries -> [String] in
                let found = summaries[index]
                let maximum = found?.pooled.map { column.text(Double($0.maximum)) } ?? FigureColumn.absent
                return statistics.map { StageTable.bounded(column.text(found?.estimate(of: $0)), $0, of: found) }
                    + [StageTable.bounded(maximum, .maximum, of: found)]
            }
            table.append(factorCells(of: cell) + figures.map(Markdown.init(verbatim:)))
        }
        return [
            """
            The same requests, from when a client sent them (\(code: Stage.request.rawValue)) and from when they were due \
            (\(code: Stage.response.rawValue)); in a \(link: "closed loop", to: "time.md#who-decides-when-a-request-is-made") no request is due.
            """,
            table.markdown,
            Markdown(verbatim: OpenLoop.assumption(quote: "`")),
        ]
    }
}
