import Experiments

/// A figure of one process that comes from elsewhere than a trace.
public struct ProcessFigure: Sendable, Equatable {
    public var metric: Metric
    /// In the unit that the metric's dimension is stored in.
    public var value: Double

    public init(metric: Metric, value: Double) {
        self.metric = metric
        self.value = value
    }
}
