import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

/// The figures of several stage summaries under one header, in one unit, ready for any kind of table.
///
/// Count, minimum and maximum are those of all processes together. The other columns are, by their basis, either the
/// processes' own values averaged, with intervals, or the values of all durations pooled, without. The unit is the same
/// for the whole table; the decimals are the same for all columns and rows of one pairing and subset, so that what stands
/// on one row can be compared, and a wrong pairing's spread does not set or spoil the precision of the right one's.
struct StageTable {
    enum Basis { case processes, pooled }

    /// The columns' titles, the unit in each that has one.
    let header: [String]
    /// One row for each summary that was given, in its order.
    let rows: [[String]]

    init(_ summaries: [StageSummary?], basis: Basis) {
        let present = summaries.compactMap(\.self)
        let scale = Self.scale(of: present)
        let statistics: [Metric.Statistic] = [.mean, .standardDeviation, .minimum, .p50, .p90, .p99, .maximum]
        header = ["count"] + statistics.map { "\(Self.columnTitle($0)) (\(scale.unit))" }
        let column = { (like: StageSummary) in
            let group = present.filter { $0.pairing == like.pairing && $0.subset == like.subset }
            let each = statistics.map { statistic in
                let estimates = group.compactMap { Self.estimate(statistic, of: $0, basis) }
                return FigureColumn(divisor: scale.nanosecondsPerUnit, estimates: estimates)
            }
            return FigureColumn.shared(each, scale: scale, means: group.compactMap(\.pooled?.mean))
        }
        rows = summaries.map { summary in
            guard let summary else { return Array(repeating: FigureColumn.absent, count: statistics.count + 1) }
            let count = String(summary.pooled?.count ?? 0)
            let column = column(summary)
            return [count]
                + statistics.map { statistic in
                    Self.bounded(column.text(Self.estimate(statistic, of: summary, basis)), statistic, of: summary)
                }
        }
    }

    /// The figure's text, behind a ≥ where spans that were open when the window closed can only make it larger.
    static func bounded(_ text: String, _ statistic: Metric.Statistic, of summary: StageSummary?) -> String {
        guard let summary, summary.pairing == .request, text != FigureColumn.absent else { return text }
        let isLowerBound =
            switch statistic {
            case .mean: summary.basis.hasLowerBounds
            case .maximum: summary.basis.hasLowerBounds || summary.basis.isMaximumOpen
            default: false
            }
        return isLowerBound ? "≥ \(text)" : text
    }

    /// The figure that a column shows; without an interval for observed extremes and pooled values.
    static func estimate(_ statistic: Metric.Statistic, of summary: StageSummary, _ basis: Basis) -> Estimate? {
        let pooled = summary.pooled
        let value: Double? =
            switch statistic {
            case .minimum: pooled.map { Double($0.minimum) }
            case .maximum: pooled.map { Double($0.maximum) }
            case .count: pooled.map { Double($0.count) }
            case .mean where basis == .pooled: pooled?.mean
            case .standardDeviation where basis == .pooled: pooled?.standardDeviation
            case .p50 where basis == .pooled: pooled?.p50
            case .p90 where basis == .pooled: pooled?.p90
            case .p99 where basis == .pooled: pooled?.p99
            default: nil
            }
        if let value { return Estimate(value: value, interval: nil, processValues: []) }
        return basis == .processes ? summary.estimate(of: statistic) : nil
    }

    /// The unit that fits the middle one of the means, or a larger one for the sake of the largest; by request where there are
    /// such, since those are right.
    static func scale(of summaries: [StageSummary]) -> Scale {
        let byRequest = summaries.filter { $0.pairing == .request && $0.pooled != nil }
        let means = (byRequest.isEmpty ? summaries : byRequest).compactMap(\.pooled?.mean).filter(\.isFinite).sorted()
        guard let largest = means.last else { return .milliseconds }
        return .shared(typicalNanoseconds: means[means.count / 2], largestNanoseconds: largest)
    }

    static func columnTitle(_ statistic: Metric.Statistic) -> String {
        switch statistic {
        case .minimum: "min"
        case .maximum: "max"
        default: statistic.title
        }
    }
}
