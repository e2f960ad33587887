// Tidy data (Wickham 2014, doi:10.18637/jss.v059.i10): one observation a row, one variable a column. A value's unit is
// a column because the rows differ in it. Values have full precision; the report rounds, this file does not.

import Analysis
import Auditing
import Experiments
import Pairing
import Statistics
import TraceModel

/// `summary.csv`: every figure that the report may show, and the pooled percentiles beside those of the processes.
///
/// The verdict is that on the row's pairing, and the reasons are the numbers of those in
/// the report that bear on it, with a blank between. Experiment and profile are those of the folder's report and would be the
/// same in every row; the number of durations is the row `count`, `pooled`. A figure that is unknown has no row.
///
/// The estimator is `process-mean` (mean over processes of each one's own value, with its 95 % interval), `pooled`
/// (all durations together, percentiles with the interval that takes processes as clusters), `sum` (counted over all trials), `worst` (the
/// largest of the trials) or `reference` (a figure from elsewhere).
struct SummaryCSV {
    let text: String

    init(of summary: ExperimentSummary) {
        var table = CSVTable(
            header: Self.factorColumns(of: summary.declaration) + Self.columns)
        let reasons = Reason.all(in: summary)
        for cell in summary.cells {
            let prefix =
                summary.declaration.factors.map { cell.cell.label(of: $0.name) ?? "" } + [String(cell.cell.index)]
            for row in Self.rows(of: cell) where row.value?.isFinite == true {
                let place = [row.stage?.rawValue, row.subset?.rawValue, row.pairing?.rawValue].map { $0 ?? "" }
                table.append(
                    prefix + place + [summary.level(of: row.pairing).rawValue, Self.numbers(reasons, of: row.pairing)]
                        + [row.statistic, row.estimator]
                        + [CSVTable.number(row.value), row.unit]
                        + [row.interval?.lowerBound, row.interval?.upperBound].map(CSVTable.number)
                        + [row.processes.map(String.init) ?? ""])
            }
        }
        text = table.text
    }

    /// The numbers of the reasons that bear on figures under the pairing; counts, which have none, are judged by request.
    private static func numbers(_ reasons: [Reason], of pairing: PairingKey?) -> String {
        reasons.filter { reason in
            reason.concerns(pairing ?? .request)
        }.map { String($0.number) }.joined(separator: " ")
    }

    /// The columns behind those of the factors; `docs/results.md` says what they hold.
    private static let columns = [
        "cell", "stage", "subset", "pairing", "verdict", "reasons", "statistic", "estimator", "value", "unit",
        "interval_lower", "interval_upper", "processes",
    ]

    /// The factors' names as columns; `factor.NAME` where the name is also that of another column.
    static func factorColumns(of declaration: Declaration) -> [String] {
        declaration.factors.map { reservedNames.contains($0.name) ? "factor.\($0.name)" : $0.name }
    }

    /// All columns of both CSV files that are not factors.
    private static let reservedNames = Set(columns + HistogramsCSV.columns)

    struct Row {
        var stage: Stage?
        var subset: Metric.Subset?
        var pairing: PairingKey?
        var statistic: String
        var estimator: String
        var value: Double?
        var unit: String
        var interval: Interval?
        var processes: Int?
    }

    private static func rows(of cell: CellSummary) -> [Row] {
        var rows = [
            Row(statistic: "trials", estimator: "sum", value: Double(cell.trialCount), unit: "count"),
            Row(statistic: "open-requests", estimator: "sum", value: cell.openRequests.map(Double.init), unit: "count"),
        ]
        rows += EventKind.allCases.compactMap { kind in
            cell.eventCounts[kind].map {
                Row(statistic: "events.\(kind.name)", estimator: "sum", value: Double($0), unit: "count")
            }
        }
        rows += cell.metrics.map { row(of: $0.estimate, as: $0.metric.text, in: $0.metric.unit) }
        rows += cell.resources.map { row(of: $0.estimate, as: $0.name, in: ResourceColumn.unit(of: $0.name)) }
        rows += cell.environment.flatMap { figure in
            [("process-mean", figure.mean), ("worst", figure.worst)].map { estimator, value in
                Row(
                    statistic: "environment.\(figure.figure.rawValue)", estimator: estimator, value: value,
                    unit: figure.figure.csvUnit, processes: figure.trials)
            }
        }
        for stage in cell.stages { rows += Self.rows(of: stage) }
        return rows + cell.reference.map(row)
    }

    private static func rows(of summary: StageSummary) -> [Row] {
        var rows = summary.estimates.map {
            row(of: $0.estimate, as: statisticName(of: $0.metric), in: $0.metric.unit)
        }
        if let pooled = summary.pooled {
            let figures: [(String, Double?, String)] = [
                ("count", Double(pooled.count), "count"), ("mean", pooled.mean, "ns"),
                ("standard-deviation", pooled.standardDeviation, "ns"), ("minimum", Double(pooled.minimum), "ns"),
                ("p50", pooled.p50, "ns"), ("p90", pooled.p90, "ns"), ("p99", pooled.p99, "ns"),
                ("maximum", Double(pooled.maximum), "ns"),
            ]
            rows += figures.map { name, value, unit in
                Row(
                    statistic: name, estimator: "pooled", value: value, unit: unit,
                    interval: Metric.Statistic(rawValue: name).flatMap { summary.basis.pooledIntervals[$0] })
            }
        }
        rows += Self.rows(of: summary.basis)
        if summary.subset == .all {
            rows += PairingColumn.all.map {
                Row(
                    statistic: "pairing.\($0.name)", estimator: "sum", value: Double(summary.counts[keyPath: $0.count]),
                    unit: "count")
            }
        }
        return rows.map { row in
            var row = row
            (row.stage, row.subset, row.pairing) = (summary.stage, summary.subset, summary.pairing)
            return row
        }
    }

    private static func row(of estimate: Estimate, as statistic: String, in unit: String) -> Row {
        Row(
            statistic: statistic, estimator: "process-mean", value: estimate.value, unit: unit,
            interval: estimate.interval, processes: estimate.processValues.count)
    }

    private static func row(of figure: ReferenceFigure) -> Row {
        let metric = figure.metric
        return Row(
            stage: metric.stage, subset: metric.stage.map { _ in metric.subset }, pairing: figure.pairing,
            statistic: statisticName(of: metric), estimator: "reference", value: figure.value, unit: metric.unit)
    }

    /// The metric's name without the stage and subset, which have columns of their own.
    private static func statisticName(of metric: Metric) -> String {
        switch metric {
        case .stage(_, _, let statistic): statistic.rawValue
        case .pairedShare: "paired-share"
        case .changedThreadShare: "changed-thread-share"
        case .throughput, .writeThroughput, .blockedShare, .cpuPerRequest, .peakMemory, .wallTime, .cpuTime, .reported:
            metric.text
        }
    }
}
