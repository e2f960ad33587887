import Experiments

/// One metric in one cell against a baseline that was saved before: the input of the gates that do not run pairs.
public struct BaselineSeries: Sendable, Equatable {
    /// What one process gave.
    public struct TrialValue: Sendable, Equatable, Codable {
        /// The trial's place in the plan: under the same plan the same number has the same seed.
        public var block: Int
        public var value: Double

        public init(block: Int, value: Double) {
            self.block = block
            self.value = value
        }
    }

    /// Processes that ran at one time.
    public struct Session: Sendable, Equatable, Codable {
        /// What it is called in reasons, as in its date.
        public var name: String
        public var values: [TrialValue]

        public init(name: String, values: [TrialValue]) {
            self.name = name
            self.values = values
        }
    }

    /// The cell as reports call it; empty where there is only one.
    public var cell: String
    /// The metric's name, as in `request.p99`.
    public var metric: String
    public var direction: Metric.Direction
    public var dimension: Metric.Dimension
    public var band: Band
    /// The saved sessions, in the order in which they ran.
    public var baseline: [Session]
    public var candidate: [TrialValue]
    /// Why the figures cannot be trusted, where an audit called them invalid; nil otherwise. Such a series is never decided.
    public var invalidity: String?

    public init(
        cell: String, metric: String, direction: Metric.Direction, dimension: Metric.Dimension, band: Band,
        baseline: [Session], candidate: [TrialValue], invalidity: String? = nil
    ) {
        self.cell = cell
        self.metric = metric
        self.direction = direction
        self.dimension = dimension
        self.band = band
        self.baseline = baseline
        self.candidate = candidate
        self.invalidity = invalidity
    }
}

extension BaselineSeries {
    var text: EffectText { EffectText(band: band, dimension: dimension) }

    /// An effect with the sign that is positive where the candidate is worse.
    func worsening(_ effect: Double) -> Double { direction == .higherIsWorse ? effect : -effect }

    /// The sentence before all others, where nothing can be decided.
    var invaliditySentence: String? {
        invalidity.map { "The measurement is invalid, so nothing follows from it: \($0)" }
    }
}
