import Experiments
import TraceModel

/// What later runs are held against: the values of every process of one or more sessions of one experiment.
///
/// Values, not summaries: whoever compares with them decides how, and a better method needs no new measurement.
public struct StoredBaseline: Sendable, Equatable, Codable {
    /// The stored form's version. 1: first; since then with ``Series/dimension``, which a reader may pass over.
    public var version = StoredBaseline.currentVersion
    static let currentVersion = 1
    public var experiment: String
    public var profile: String
    /// SHA-256 of the declaration's bytes, in hex.
    public var declarationDigest: String
    /// The program as the declaration names it.
    public var program: String
    /// Whether all of it ran in virtual time, where the same program gives the same values on every machine.
    public var isVirtual: Bool
    /// Where it was measured.
    public var machine: MachineFingerprint
    /// In the order in which they were saved; at least one.
    public var sessions: [Session]

    public init(
        experiment: String, profile: String, declarationDigest: String, program: String, isVirtual: Bool,
        machine: MachineFingerprint, sessions: [Session]
    ) {
        self.experiment = experiment
        self.profile = profile
        self.declarationDigest = declarationDigest
        self.program = program
        self.isVirtual = isVirtual
        self.machine = machine
        self.sessions = sessions
    }

    /// One run of the experiment.
    public struct Session: Sendable, Equatable, Codable {
        /// ISO 8601, UTC.
        public var startedAt: String
        /// The git revision of the program's source; nil where it is not known.
        public var revision: String?
        /// SHA-256 of the program's file, in hex; nil where it is not known.
        public var binaryDigest: String?
        public var seed: UInt64
        /// How far the audits trusted its figures.
        public var trust: Trust
        /// One a cell, metric and pairing.
        public var series: [Series]

        public init(
            startedAt: String, revision: String?, binaryDigest: String?, seed: UInt64, trust: Trust, series: [Series]
        ) {
            self.startedAt = startedAt
            self.revision = revision
            self.binaryDigest = binaryDigest
            self.seed = seed
            self.trust = trust
            self.series = series
        }
    }

    /// The level of the session's verdict.
    public enum Trust: String, Sendable, Equatable, Codable, CaseIterable {
        case trusted, doubtful, invalid
    }

    /// The values that the processes of one cell gave for one metric.
    public struct Series: Sendable, Equatable, Codable {
        /// The cell as reports call it, as in `clients 125`; empty where there is only one.
        public var cell: String
        /// The metric's name, as in `request.p99`.
        public var metric: String
        /// Nil for metrics that depend on no pairing.
        public var pairing: PairingKey?
        /// What the values are measured in, where the metric's name does not say it: of figures that a program prints.
        public var dimension: Metric.Dimension?
        /// One a block, in the order of the blocks, in the metric's unit; nil where the block's process gave none.
        public var values: [Double?]

        public init(
            cell: String, metric: String, pairing: PairingKey?, dimension: Metric.Dimension? = nil, values: [Double?]
        ) {
            self.dimension = dimension
            self.cell = cell
            self.metric = metric
            self.pairing = pairing
            self.values = values
        }
    }

    /// In what another baseline is of something else, so that their sessions must not be joined: experiment, profile,
    /// declaration, program and clock, and for the wall clock each known field of the machine. Empty where they are alike.
    public func differences(from current: StoredBaseline) -> [MachineFingerprint.Difference] {
        let pairs = [
            ("experiment", experiment, current.experiment), ("profile", profile, current.profile),
            ("declaration", declarationDigest, current.declarationDigest), ("program", program, current.program),
            ("clock", clockText, current.clockText),
        ]
        var differences = pairs.filter { $0.1 != $0.2 }.map {
            MachineFingerprint.Difference(field: $0.0, stored: $0.1, current: $0.2)
        }
        if !isVirtual, case .differs(let machines) = machine.match(current.machine) { differences += machines }
        return differences
    }

    private var clockText: String { isVirtual ? "virtual" : "wall" }

    /// The first contradiction, as the end of a sentence that begins with "it"; nil in a sound baseline.
    var contradiction: String? {
        if sessions.isEmpty { return "holds no session" }
        for session in sessions {
            if session.trust == .invalid { return "holds a session that the audits call invalid" }
            var places: Set<String> = []
            for series in session.series {
                let place = "\(series.metric) of \(series.pairing?.rawValue ?? "no pairing") in '\(series.cell)'"
                if !places.insert(place).inserted { return "holds two series of \(place) in one session" }
                if series.values.contains(where: { $0.map { !$0.isFinite } ?? false }) {
                    return "holds a value of \(place) that is no number"
                }
            }
        }
        return nil
    }
}
