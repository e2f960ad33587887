import Experiments

/// What the processes of one cell gave for one metric, pair by pair: the input of every gate.
public struct PairedSeries: Sendable, Equatable {
    /// One block: processes of the two sides that ran one right after the other, in random order.
    public struct Pair: Sendable, Equatable {
        /// From 0, in the order in which they ran.
        public var block: Int
        public var baseline: Double
        public var candidate: Double
        /// The baseline once more, in the same block: the null control; nil where none was run.
        public var control: Double?

        public init(block: Int, baseline: Double, candidate: Double, control: Double? = nil) {
            self.block = block
            self.baseline = baseline
            self.candidate = candidate
            self.control = control
        }
    }

    /// The cell as reports call it, as in `clients 125`; empty where there is only one.
    public var cell: String
    /// The metric's name, as in `request.p99`.
    public var metric: String
    public var direction: Metric.Direction
    public var dimension: Metric.Dimension
    public var band: Band
    /// In the order of the blocks.
    public var pairs: [Pair]
    /// Why the figures cannot be trusted, where an audit called them invalid; nil otherwise. Such a series is never decided.
    public var invalidity: String?
    /// Why there are no values of it, as a sentence; nil where there are.
    public var obstacle: String?

    public init(
        cell: String, metric: String, direction: Metric.Direction, dimension: Metric.Dimension, band: Band,
        pairs: [Pair], invalidity: String? = nil, obstacle: String? = nil
    ) {
        self.obstacle = obstacle
        self.cell = cell
        self.metric = metric
        self.direction = direction
        self.dimension = dimension
        self.band = band
        self.pairs = pairs
        self.invalidity = invalidity
    }
}
