import Analysis
import Experiments
import Statistics

extension SummaryCSV {
    /// What the figures of a stage rest on.
    static func rows(of basis: StageBasis) -> [Row] {
        var rows = [Row(statistic: "open-share", estimator: "sum", value: basis.openShare, unit: "1")]
        if let worth = basis.worth {
            rows += [
                Row(statistic: "between-processes-share", estimator: "pooled", value: worth.betweenShare, unit: "1"),
                Row(statistic: "design-effect", estimator: "pooled", value: worth.designEffect, unit: "1"),
                Row(statistic: "effective-count", estimator: "pooled", value: worth.effectiveCount, unit: "count"),
            ]
        }
        if let outliers = basis.outliers {
            let classes = [
                ("severe-low", outliers.severeLow), ("mild-low", outliers.mildLow), ("mild-high", outliers.mildHigh),
                ("severe-high", outliers.severeHigh),
            ]
            rows += classes.map { name, count in
                Row(statistic: "outliers.\(name)", estimator: "sum", value: Double(count), unit: "count")
            }
        }
        rows += basis.machineAdded.map { added in
            Row(
                statistic: "machine-added.\(added.statistic.rawValue)", estimator: "process-mean",
                value: added.added.value,
                unit: "ns", interval: added.added.interval, processes: added.added.processValues.count)
        }
        guard let startUp = basis.startUp else { return rows }
        rows += WarmUpAnalysis.Course.allCases.compactMap { course in
            startUp.classes[course].map {
                Row(
                    statistic: "start-up.\(course.title.split(separator: " ").joined(separator: "-"))",
                    estimator: "sum",
                    value: Double($0), unit: "count")
            }
        }
        rows.append(
            Row(statistic: "start-up.longest", estimator: "worst", value: startUp.longestNanoseconds, unit: "ns"))
        if let ratio = startUp.doubledCutRatio {
            rows.append(
                Row(
                    statistic: "p99-ratio-if-warm-up-doubled", estimator: "process-mean", value: ratio.value, unit: "1",
                    interval: ratio.interval, processes: ratio.processValues.count))
        }
        return rows
    }
}

extension Limit {
    /// What CSV files call the unit of its values.
    var csvUnit: String {
        switch dimension {
        case .share: "1"
        case .duration: "ns"
        case .count: "count"
        case .rate: "1/s"
        }
    }
}
