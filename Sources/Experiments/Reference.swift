import TraceModel

/// Figures from elsewhere that reports set beside the measured ones.
public struct Reference: Sendable, Equatable {
    /// Where the figures come from, as a reader should see it.
    public var source: String
    /// The figures, one a row of the CSV file that the declaration names; see `docs/experiments.md` for its columns.
    public var figures: [ReferenceFigure]
    /// The histograms of the CSV file that the declaration names, in the order of their first rows.
    public var histograms: [ReferenceHistogram]

    public init(source: String, figures: [ReferenceFigure], histograms: [ReferenceHistogram]) {
        self.source = source
        self.figures = figures
        self.histograms = histograms
    }
}

/// A power-of-two histogram of a stage under a pairing, where the named parameters have the named values.
public struct ReferenceHistogram: Sendable, Equatable {
    public var stage: Stage
    public var pairing: PairingKey
    /// The parameters that must match, by name.
    public var parameters: [String: String]
    /// Ascending by their lower bounds.
    public var buckets: [ReferenceBucket]

    public init(stage: Stage, pairing: PairingKey, parameters: [String: String], buckets: [ReferenceBucket]) {
        self.stage = stage
        self.pairing = pairing
        self.parameters = parameters
        self.buckets = buckets
    }
}

/// One figure of a reference: a metric under a pairing, where the named parameters have the named values.
public struct ReferenceFigure: Sendable, Equatable {
    public var metric: Metric
    /// Nil for metrics that do not depend on a pairing.
    public var pairing: PairingKey?
    /// The parameters that must match, by name.
    public var parameters: [String: String]
    /// Nanoseconds for durations, per second for rates, 0…1 for shares, else a plain number.
    public var value: Double

    public init(metric: Metric, pairing: PairingKey?, parameters: [String: String], value: Double) {
        self.metric = metric
        self.pairing = pairing
        self.parameters = parameters
        self.value = value
    }
}

/// One bucket of a reference histogram.
public struct ReferenceBucket: Sendable, Equatable {
    public var lowerBoundNanoseconds: Int64
    public var count: Int

    public init(lowerBoundNanoseconds: Int64, count: Int) {
        self.lowerBoundNanoseconds = lowerBoundNanoseconds
        self.count = count
    }
}
