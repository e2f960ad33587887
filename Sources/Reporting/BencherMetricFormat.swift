// Bencher Metric Format (bencher.dev/docs/reference/bencher-metric-format): benchmark → measure → value, with bounds where
// they are known. Names of benchmarks have at most 1024 characters there, those of measures at most 64.

import Experiments
import Gating
import Statistics

/// The candidate's figures in Bencher Metric Format: one benchmark a cell, one measure a metric.
public struct BencherMetricFormat: Sendable {
    static let longestBenchmark = 1024
    static let longestMeasure = 64

    private let outcome: GateOutcome

    public init(of outcome: GateOutcome) { self.outcome = outcome }

    /// The whole file, in UTF-8. Values are in the metric's own unit: nanoseconds, per second, bytes, shares, counts.
    ///
    /// A metric that the candidate has no value for is left out, since the format cannot say so.
    public var text: String {
        var benchmarks: [String: [String: Value]] = [:]
        var names = UniqueNames(longest: Self.longestBenchmark)
        for cell in outcome.cells {
            var measures: [String: Value] = [:]
            var measureNames = UniqueNames(longest: Self.longestMeasure)
            for metric in outcome.metrics where metric.cell == cell {
                guard let value = metric.candidate, value.isFinite else { continue }
                let bounds = metric.candidateInterval
                measures[measureNames.name(for: metric.metric)] = Value(
                    value: value, lower_value: bounds?.lowerBound, upper_value: bounds?.upperBound)
            }
            let name = cell.isEmpty ? outcome.experiment : "\(outcome.experiment): \(cell)"
            if !measures.isEmpty { benchmarks[names.name(for: name)] = measures }
        }
        return JSONText.text(benchmarks)
    }

    /// The names are the format's.
    private struct Value: Encodable {
        var value: Double
        var lower_value: Double?
        var upper_value: Double?
    }
}

extension GateOutcome {
    /// The cells of the metrics, each once, in their order.
    var cells: [String] {
        var cells: [String] = []
        for metric in metrics where !cells.contains(metric.cell) { cells.append(metric.cell) }
        return cells
    }
}

extension MetricOutcome {
    /// The interval of the effect, laid around the candidate's value: how far that value may be off as seen from the baseline.
    ///
    /// - Returns: Nil where the value, the effect or a bound is unknown or not finite.
    var candidateInterval: Interval? {
        guard let candidate, let effect, let interval else { return nil }
        let bounds: (Double, Double)
        switch band.size {
        case .relative:
            guard effect > 0 else { return nil }
            bounds = (candidate * interval.lowerBound / effect, candidate * interval.upperBound / effect)
        case .absolute:
            bounds = (candidate + interval.lowerBound - effect, candidate + interval.upperBound - effect)
        }
        guard bounds.0.isFinite, bounds.1.isFinite, bounds.0 <= bounds.1 else { return nil }
        return Interval(lowerBound: bounds.0, upperBound: bounds.1)
    }
}
