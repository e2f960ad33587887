import Experiments
import Statistics

/// What a gate found: all that its reports, files for CI and exit status may say.
public struct GateOutcome: Sendable, Equatable, Codable {
    /// What the candidate was held against.
    public enum Mode: String, Sendable, Equatable, Codable {
        /// Randomised pairs in one session.
        case paired
        /// A baseline committed in the repository, in virtual time: exact on every machine.
        case committed
        /// A stored baseline of the wall clock, from the same machine.
        case stored
    }

    /// A side as it was given: a program, a revision or a set of parameters.
    public struct Side: Sendable, Equatable, Codable {
        public var label: String
        /// SHA-256 of the program, in hex; nil where it is not known.
        public var binaryDigest: String?

        public init(label: String, binaryDigest: String? = nil) {
            self.label = label
            self.binaryDigest = binaryDigest
        }
    }

    public var experiment: String
    public var profile: String
    public var mode: Mode
    public var baseline: Side
    public var candidate: Side
    /// Over all metrics and cells.
    public var verdict: GateVerdict
    /// Whole sentences: why the verdict is what it is, the most important first.
    public var reasons: [String]
    public var metrics: [MetricOutcome]
    /// Nil where none was run.
    public var nullControl: NullControl?
    /// What became of the trials, one for each side that was run: a stored baseline is not among them.
    public var trials: [SideTrials]
    /// What the audits say of the measurement; nil where nobody asked them.
    public var trust: GateTrust?
    /// Pairs that were run, or trials where there were no pairs.
    public var pairCount: Int
    /// The most pairs on which a verdict is looked for, and on which a failure is confirmed; without pairs the trials, and 0.
    public var pairMaximum: Int
    public var confirmationPairMaximum: Int
    public var elapsedNanoseconds: Int64
    /// ISO 8601, UTC.
    public var startedAt: String

    public init(
        experiment: String, profile: String, mode: Mode, baseline: Side, candidate: Side, verdict: GateVerdict,
        reasons: [String], metrics: [MetricOutcome], nullControl: NullControl? = nil, trials: [SideTrials] = [],
        trust: GateTrust? = nil, pairCount: Int, pairMaximum: Int, confirmationPairMaximum: Int = 0,
        elapsedNanoseconds: Int64, startedAt: String
    ) {
        self.confirmationPairMaximum = confirmationPairMaximum
        self.trials = trials
        self.trust = trust
        self.experiment = experiment
        self.profile = profile
        self.mode = mode
        self.baseline = baseline
        self.candidate = candidate
        self.verdict = verdict
        self.reasons = reasons
        self.metrics = metrics
        self.nullControl = nullControl
        self.pairCount = pairCount
        self.pairMaximum = pairMaximum
        self.elapsedNanoseconds = elapsedNanoseconds
        self.startedAt = startedAt
    }
}

/// One metric in one cell.
public struct MetricOutcome: Sendable, Equatable, Codable {
    public var cell: String
    public var metric: String
    public var direction: Metric.Direction
    public var dimension: Metric.Dimension
    public var band: Band
    public var verdict: GateVerdict
    /// A whole sentence: why, and where it is inconclusive what it would take.
    public var reason: String
    /// Means over the processes, in the metric's unit; nil without a pair.
    public var baseline: Double?
    public var candidate: Double?
    /// Candidate over baseline for a relative band (1.05: 5 % more), candidate minus baseline for an absolute one.
    public var effect: Double?
    /// The interval of the effect by which the verdict was found, at the confidence that its looks leave it.
    public var interval: Interval?
    /// 0…1, of the interval as if this look were the only one.
    public var confidence: Double?
    /// 0…1, of the intervals at all looks of the session together: what may be claimed; nil where there was one look.
    public var confidenceOverLooks: Double?
    public var pairCount: Int
    /// How many pairs more would decide it, at the spread seen; nil where it is decided or nobody can say.
    public var pairsMissing: Int?
    /// The figures of the fresh pairs where they did not confirm a failure; nil elsewhere. Those above are of the pairs that
    /// raised the suspicion.
    public var unconfirmedBy: FreshPairs?

    /// What fresh pairs said of a suspicion that they do not confirm.
    public struct FreshPairs: Sendable, Equatable, Codable {
        /// As ``MetricOutcome/effect``.
        public var effect: Double?
        public var interval: Interval?
        public var pairCount: Int

        public init(effect: Double?, interval: Interval?, pairCount: Int) {
            self.effect = effect
            self.interval = interval
            self.pairCount = pairCount
        }
    }

    public init(
        cell: String, metric: String, direction: Metric.Direction, dimension: Metric.Dimension, band: Band,
        verdict: GateVerdict, reason: String, baseline: Double? = nil, candidate: Double? = nil, effect: Double? = nil,
        interval: Interval? = nil, confidence: Double? = nil, confidenceOverLooks: Double? = nil, pairCount: Int,
        pairsMissing: Int? = nil, unconfirmedBy: FreshPairs? = nil
    ) {
        self.unconfirmedBy = unconfirmedBy
        self.confidenceOverLooks = confidenceOverLooks
        self.cell = cell
        self.metric = metric
        self.direction = direction
        self.dimension = dimension
        self.band = band
        self.verdict = verdict
        self.reason = reason
        self.baseline = baseline
        self.candidate = candidate
        self.effect = effect
        self.interval = interval
        self.confidence = confidence
        self.pairCount = pairCount
        self.pairsMissing = pairsMissing
    }
}

/// What the baseline against itself, in the same blocks, says of this machine: one entry a metric and cell.
public struct NullControl: Sendable, Equatable, Codable {
    public struct Entry: Sendable, Equatable, Codable {
        public var cell: String
        public var metric: String
        /// As ``MetricOutcome/effect``, of the control against the baseline.
        public var effect: Double
        /// The 95 % interval of the effect, over all null pairs.
        public var interval: Interval
        /// Half the interval's width on the scale of the comparison, which is ln(control/baseline) for a relative band: how far
        /// apart two equal programs may seem by so many pairs.
        public var noiseFloor: Double
        /// The smallest effect beyond the band that so many pairs find in four of five sessions, on the same scale.
        public var smallestDetectableEffect: Double
        /// The share of relabelled null pairs (each pair's sides exchanged or not) in which the interval of the last look lies
        /// beyond the band on the bad side, before any confirmation, 0…1.
        public var falseAlarmShare: Double
        /// Whether "no difference" is ruled out, by Student's t and by random signs, with the error that the design leaves the
        /// control, shared among its entries.
        public var hasAlarmed: Bool

        public init(
            cell: String, metric: String, effect: Double, interval: Interval, noiseFloor: Double,
            smallestDetectableEffect: Double, falseAlarmShare: Double, hasAlarmed: Bool
        ) {
            self.cell = cell
            self.metric = metric
            self.effect = effect
            self.interval = interval
            self.noiseFloor = noiseFloor
            self.smallestDetectableEffect = smallestDetectableEffect
            self.falseAlarmShare = falseAlarmShare
            self.hasAlarmed = hasAlarmed
        }
    }

    public var entries: [Entry]

    public init(entries: [Entry]) { self.entries = entries }

    public var hasAlarmed: Bool { entries.contains(where: \.hasAlarmed) }
}
