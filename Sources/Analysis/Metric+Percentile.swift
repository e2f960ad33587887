import Experiments
import Statistics

extension Metric.Statistic {
    /// The percentiles that there are, ascending.
    public static let percentiles: [Metric.Statistic] = [.p50, .p90, .p99]

    /// The percentile that it is, between 0 and 100; nil for the others.
    public var percentile: Double? {
        switch self {
        case .p50: 50
        case .p90: 90
        case .p99: 99
        case .mean, .standardDeviation, .minimum, .maximum, .count: nil
        }
    }
}

extension DurationSummary {
    /// One of the percentiles, in nanoseconds; nil where the sample does not carry it, and for every other statistic.
    public subscript(percentile statistic: Metric.Statistic) -> Double? {
        get {
            switch statistic {
            case .p50: p50
            case .p90: p90
            case .p99: p99
            case .mean, .standardDeviation, .minimum, .maximum, .count: nil
            }
        }
        set {
            switch statistic {
            case .p50: p50 = newValue
            case .p90: p90 = newValue
            case .p99: p99 = newValue
            case .mean, .standardDeviation, .minimum, .maximum, .count: break
            }
        }
    }
}
