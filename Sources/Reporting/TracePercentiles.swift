import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

/// The percentiles of one trace with what can be said of their uncertainty from one process: by request, and without the
/// stages that carry none.
struct TracePercentiles {
    private static let percentiles: [(statistic: Metric.Statistic, percent: Double)] = [
        (.p50, 50), (.p90, 90), (.p99, 99),
    ]

    /// Empty where there is nothing to show.
    let lines: [String]

    init(of stages: [StageSummary]) {
        let shown = stages.filter { $0.pairing == .request && $0.subset == .all && $0.pooled != nil }
        guard !shown.isEmpty else {
            lines = []
            return
        }
        var table = TextTable(
            header: ["stage"] + Self.percentiles.map(\.statistic.rawValue) + ["open", "refused"], textColumnCount: 1)
        for stage in shown {
            let scale = Scale.fitting(nanoseconds: stage.pooled?.mean ?? 0)
            let figures = Self.percentiles.map { Self.figure($0.statistic, of: stage, scale) }
            let open = stage.basis.openShare
            table.append(
                [stage.stage.rawValue] + figures + [
                    open == 0 ? "0" : "\((100 * open).fixed(2)) %", Self.refused(stage),
                ])
        }
        lines =
            [
                "Percentiles with 95 % intervals, as if the requests of this process were independent of each other (order "
                    + "statistics)"
            ] + table.lines()
            + [
                "  What was open when the window closed is counted in (Kaplan-Meier). Refused: what so few values cannot carry, and "
                    + "how many would."
            ]
    }

    private static func value(_ statistic: Metric.Statistic, of summary: DurationSummary?) -> Double? {
        switch statistic {
        case .p50: summary?.p50
        case .p90: summary?.p90
        default: summary?.p99
        }
    }

    private static func figure(_ statistic: Metric.Statistic, of stage: StageSummary, _ scale: Scale) -> String {
        guard let value = value(statistic, of: stage.pooled) else { return FigureColumn.absent }
        func number(_ value: Double) -> String { scale.number(nanoseconds: value, decimals: 3) }
        let interval = stage.basis.pooledIntervals[statistic].map {
            " [\(number($0.lowerBound)), \(number($0.upperBound))]"
        }
        return "\(number(value))\(interval ?? "") \(scale.unit)"
    }

    private static func refused(_ stage: StageSummary) -> String {
        let count = stage.pooled?.count ?? 0
        let refused = percentiles.filter { count < SampleSize.minimum(forPercentile: $0.percent) }
        guard !refused.isEmpty else { return "none" }
        return refused.map { "\($0.statistic.rawValue) (\(SampleSize.minimum(forPercentile: $0.percent)))" }.joined(
            separator: ", ")
    }
}
