import Experiments
import Quantities
import Statistics

/// How a metric's figures are written where figures of different kinds stand in one column or on one axis: each with
/// its unit.
struct FigureFormat: Sendable, Equatable {
    /// The unit, with a space before it but for `/s`; empty for counts.
    let suffix: String
    private let column: FigureColumn

    /// - Parameter values: What will be written, to choose unit and decimals from; the largest sets the unit.
    init(metric: Metric, values: [Double]) { self.init(metric.dimension, values: values) }

    /// - Parameter values: As for a metric of that dimension.
    init(_ dimension: Metric.Dimension, values: [Double]) {
        let largest = values.filter(\.isFinite).map { abs($0) }.max() ?? 0
        let divisor: Double
        switch dimension {
        case .duration:
            let scale = Scale.fitting(nanoseconds: largest)
            (divisor, suffix) = (scale.nanosecondsPerUnit, " \(scale.unit)")
        case .rate: (divisor, suffix) = (1, "/s")
        case .share: (divisor, suffix) = (0.01, " %")
        case .count: (divisor, suffix) = (1, "")
        case .bytes: (divisor, suffix) = (1_048_576, " MiB")
        }
        column = FigureColumn(divisor: divisor, values: values)
    }

    func text(_ value: Double) -> String { value.isFinite ? column.text(value) + suffix : FigureColumn.absent }

    /// A round value on an axis, with no decimals that say nothing.
    func tickText(_ value: Double) -> String {
        FigureColumn.trimmed(value / column.divisor) + suffix
    }
}
