import TraceModel

/// What the experimenter expects, declared before the run.
public struct Hypothesis: Sendable, Equatable {
    /// What is claimed of a metric.
    public enum Claim: Sendable, Equatable {
        /// In each selected cell the metric lies within the tolerance of the value.
        case near(Double, Tolerance)
        /// In each selected cell the metric lies below the value.
        case below(Double)
        /// In each selected cell the metric lies above the value.
        case above(Double)
        /// All levels of the factor are equivalent: each pair of them differs by no more than the margin.
        case equivalent(along: Along, Tolerance)
        /// The largest of the factor's levels is more than this many times the smallest.
        case varies(along: Along, byMoreThan: Double)
        /// The metric rises from each level of the factor to the next, in the order declared.
        case rises(along: Along)
        /// The metric falls from each level of the factor to the next, in the order declared.
        case falls(along: Along)

        /// What is compared, for claims that compare.
        public var along: Along? {
            switch self {
            case .near, .below, .above: nil
            case .equivalent(let along, _), .varies(let along, _), .rises(let along), .falls(let along): along
            }
        }
    }

    /// What levels are compared along: a factor of the experiment, or the two pairings of the same events.
    public enum Along: Sendable, Equatable {
        case factor(String)
        case pairing
    }

    /// How far a value may be off. A relative margin between two levels is of the smaller one.
    public enum Tolerance: Sendable, Equatable {
        case absolute(Double)
        /// 0.02 is 2 %.
        case relative(Double)
    }

    /// The sentence that the report prints, as declared.
    public var statement: String
    public var metric: Metric
    /// `request` where the declaration names none; without meaning where the claim goes along the pairing.
    public var pairing: PairingKey
    /// The cells that the claim is about: for each factor named, the labels that are selected. Factors not named: all.
    public var selection: [String: [String]]
    public var claim: Claim

    public init(
        statement: String, metric: Metric, pairing: PairingKey = .request, selection: [String: [String]] = [:],
        claim: Claim
    ) {
        self.statement = statement
        self.metric = metric
        self.pairing = pairing
        self.selection = selection
        self.claim = claim
    }
}
