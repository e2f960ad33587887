// What the action `benchmark-action/github-action-benchmark` reads as `customSmallerIsBetter` and `customBiggerIsBetter`: an
// array of entries with `name`, `value`, `unit` and, if need be, `range` and `extra` (BenchmarkResult in its
// src/extract.ts). One file holds metrics of one direction, so there are two.

import Experiments
import Gating
import Statistics

/// The candidate's figures for the action `github-action-benchmark`.
public struct GitHubActionBenchmarkJSON: Sendable {
    private let outcome: GateOutcome
    private let direction: Metric.Direction

    /// - Parameter direction: Which metrics the file holds; those for which higher is worse are the action's
    ///   `customSmallerIsBetter`.
    public init(of outcome: GateOutcome, _ direction: Metric.Direction) {
        self.outcome = outcome
        self.direction = direction
    }

    /// The whole file, in UTF-8: an array, which is empty where no metric of that direction has a value.
    ///
    /// Units never change with the size of a value, since the action draws values of many runs on one axis.
    public var text: String {
        var names = UniqueNames(longest: 1024)
        let entries = outcome.metrics.compactMap { metric -> Entry? in
            guard metric.direction == direction, let value = metric.candidate, value.isFinite else { return nil }
            return Entry(
                name: names.name(for: "\(outcome.experiment): \(metric.place)"), unit: Self.unit(metric.dimension),
                value: value,
                range: metric.candidateInterval.map { interval in
                    let column = FigureColumn(values: [value], intervals: [interval])
                    return "\(column.text(interval.lowerBound)) … \(column.text(interval.upperBound))"
                },
                extra: Self.extra(metric))
        }
        return JSONText.text(entries)
    }

    private struct Entry: Encodable {
        var name: String
        var unit: String
        var value: Double
        var range: String?
        var extra: String
    }

    private static func extra(_ metric: MetricOutcome) -> String {
        [
            metric.verdict.rawValue, "effect \(metric.effectWithInterval)", "band \(metric.effectText.bandText)",
            metric.pairCount.counted("pair"),
        ].joined(separator: "\n")
    }

    private static func unit(_ dimension: Metric.Dimension) -> String {
        switch dimension {
        case .duration: "ns"
        case .rate: "1/s"
        case .share: "share"
        case .count: "count"
        case .bytes: "bytes"
        }
    }
}
