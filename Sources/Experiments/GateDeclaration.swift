import TraceModel

/// What `assay compare` and `assay gate` judge a change by: the declaration's `gate`.
public struct GateDeclaration: Sendable, Equatable {
    /// A metric with the change of it that does not matter yet.
    public struct GatedMetric: Sendable, Equatable {
        public var metric: Metric
        public var pairing: PairingKey
        public var band: Band

        public init(_ metric: Metric, pairing: PairingKey = .request, band: Band) {
            self.metric = metric
            self.pairing = pairing
            self.band = band
        }
    }

    /// In the order declared; at least one.
    public var metrics: [GatedMetric]
    /// The most pairs of each cell on which a comparison looks for a verdict; nil for its own number. Those on which it
    /// confirms a failure come on top.
    public var pairMaximum: Int?
    /// The command that builds the program in a checkout of a revision, for `/bin/sh`; nil where it lies there as it is.
    public var build: String?

    public init(metrics: [GatedMetric], pairMaximum: Int? = nil, build: String? = nil) {
        self.metrics = metrics
        self.pairMaximum = pairMaximum
        self.build = build
    }

    /// The fewest and the most pairs that can be declared: a gate looks after 12 for the first time.
    public static let pairRange = 12...500
}
