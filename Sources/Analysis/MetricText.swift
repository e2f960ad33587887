import Experiments
import Quantities
import Statistics

/// Writes values of one metric in its unit, with as many digits as make a difference.
public struct MetricText: Sendable {
    private let dimension: Metric.Dimension

    public init(_ metric: Metric) { dimension = metric.dimension }

    /// A value alone, as in `50.11 ms`, `133.24/s` or `31.4 %`.
    public func text(_ value: Double) -> String {
        let scale = scale(for: value)
        return "\(scale.number(value))\(scale.unit)"
    }

    /// A value with its interval in the same unit, as in `50.11 [50.09, 50.13] ms`.
    public func text(_ value: Double, _ interval: Interval) -> String {
        let scale = scale(for: value)
        let bounds = "[\(scale.number(interval.lowerBound)), \(scale.number(interval.upperBound))]"
        return "\(scale.number(value)) \(bounds)\(scale.unit)"
    }

    private struct Display {
        var unit: String
        var number: (Double) -> String
    }

    private func scale(for value: Double) -> Display {
        switch dimension {
        case .duration:
            let scale = Scale.fitting(nanoseconds: value)
            let decimals = scale == .nanoseconds ? 0 : 3
            return Display(unit: " \(scale.unit)") { scale.number(nanoseconds: $0, decimals: decimals) }
        case .rate: return Display(unit: "/s") { $0.fixed(3) }
        case .share: return Display(unit: " %") { ($0 * 100).fixed(2) }
        case .count: return Display(unit: "") { $0.fixed($0 == $0.rounded() ? 0 : 1) }
        case .bytes: return Display(unit: " MiB") { ($0 / 1_048_576).fixed(1) }
        }
    }
}
