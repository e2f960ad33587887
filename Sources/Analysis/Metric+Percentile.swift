import Experiments

extension Metric.Statistic {
    /// The percentile that it is, between 0 and 100; nil for the others.
    var percentile: Double? {
        switch self {
        case .p50: 50
        case .p90: 90
        case .p99: 99
        case .mean, .standardDeviation, .minimum, .maximum, .count: nil
        }
    }
}
