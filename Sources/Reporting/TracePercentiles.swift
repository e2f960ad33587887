import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

/// The percentiles of one trace with what can be said of their uncertainty from one process: by request, and without the
/// stages that carry none.
struct TracePercentiles {
    /// Empty where there is nothing to show.
    let lines: [String]

    /// - Parameter columns: What lines are to fit into; nil for as many as they take.
    init(of stages: [StageSummary], columns: Int? = nil) {
        let shown = stages.filter { $0.pairing == .request && $0.subset == .all && $0.pooled != nil }
        guard !shown.isEmpty else {
            lines = []
            return
        }
        var table = TextTable(
            header: ["stage"] + Metric.Statistic.percentiles.map(\.rawValue) + ["open", "refused"], textColumnCount: 1)
        for stage in shown {
            let scale = Scale.fitting(nanoseconds: stage.pooled?.mean ?? 0)
            let figures = Metric.Statistic.percentiles.map { Self.figure($0, of: stage, scale) }
            let open = stage.basis.openShare
            table.append(
                [stage.stage.rawValue] + figures + [
                    open == 0 ? "0" : "\((100 * open).fixed(2)) %", Self.refused(stage),
                ])
        }
        let title =
            "Percentiles with 95 % intervals, as if the requests of this process were independent of each other (order "
            + "statistics)"
        let note =
            "What was open when the window closed is counted in (Kaplan-Meier). Refused: what so few values cannot carry, and "
            + "how many would."
        lines =
            PlainText.wrapped(title, columns: columns, further: "  ") + table.lines(columns: columns)
            + PlainText.wrapped(note, columns: columns, indent: "  ")
    }

    private static func figure(_ statistic: Metric.Statistic, of stage: StageSummary, _ scale: Scale) -> String {
        guard let value = stage.pooled?[percentile: statistic] else { return FigureColumn.absent }
        func number(_ value: Double) -> String { scale.number(nanoseconds: value, decimals: 3) }
        let interval = stage.basis.pooledIntervals[statistic].map {
            " [\(number($0.lowerBound)), \(number($0.upperBound))]"
        }
        return "\(number(value))\(interval ?? "") \(scale.unit)"
    }

    private static func refused(_ stage: StageSummary) -> String {
        let count = stage.pooled?.count ?? 0
        return Metric.Statistic.refusals { count < SampleSize.minimum(forPercentile: $1) }
    }
}

extension Metric.Statistic {
    /// The percentiles that are refused, each with how many values carry it, as in `p90 (64), p99 (662)`; `none` without any.
    static func refusals(where isRefused: (_ statistic: Metric.Statistic, _ percentile: Double) -> Bool) -> String {
        let refused = percentiles.compactMap { statistic -> String? in
            guard let percentile = statistic.percentile, isRefused(statistic, percentile) else { return nil }
            return "\(statistic.rawValue) (\(SampleSize.minimum(forPercentile: percentile)))"
        }
        return refused.isEmpty ? "none" : refused.joined(separator: ", ")
    }
}
