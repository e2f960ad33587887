/// What is stored beside a trial's trace once the trial is over: everything but the events.
public struct TrialRecord: Sendable, Equatable, Codable {
    /// How the trial ended.
    public enum Outcome: Sendable, Equatable, Codable {
        /// The program ended by itself with status 0 and left what its figures come from: a trace that opens, the figures
        /// that it is to print, or nothing but the kernel's account of it.
        case finished
        /// It did not; the reason is a whole sentence with the facts.
        case failed(reason: String)
    }

    /// The stored form's version. 1: first. 2: with the trace's seal.
    public var version = TrialRecord.currentVersion
    static let currentVersion = 2
    /// The planned trial's identifier.
    public var identifier: String
    public var cellIndex: Int
    public var block: Int
    /// Place in the plan's order, from 0.
    public var order: Int
    public var seed: UInt64
    /// Which attempt this record is of, from 1.
    public var attempt: Int
    /// The program's path and all of its arguments, as they were passed.
    public var command: [String]
    /// When the process was started, or the burst that it ran in: ISO 8601, UTC.
    public var startedAt: String
    /// Wall time from starting the program to its end, measured by the launcher.
    public var elapsedNanoseconds: Int64
    public var outcome: Outcome
    /// Nil where the program did not run to an end that the kernel reported.
    public var resources: ResourceUsage?
    /// The JSON object on the last line of the program's standard output: its numbers, by name. Where figures come from
    /// JSON lines, the figures that the declaration names, in the units in which they were printed.
    public var reported: [String: Double]
    public var provenance: Provenance
    /// Nil where there is no trace, as for figures from elsewhere, and in a record of the first version.
    public var trace: TraceSeal?

    public init(
        identifier: String, cellIndex: Int, block: Int, order: Int, seed: UInt64, attempt: Int, command: [String],
        startedAt: String, elapsedNanoseconds: Int64, outcome: Outcome, resources: ResourceUsage?,
        reported: [String: Double], provenance: Provenance, trace: TraceSeal? = nil
    ) {
        self.identifier = identifier
        self.cellIndex = cellIndex
        self.block = block
        self.order = order
        self.seed = seed
        self.attempt = attempt
        self.command = command
        self.startedAt = startedAt
        self.elapsedNanoseconds = elapsedNanoseconds
        self.outcome = outcome
        self.resources = resources
        self.reported = reported
        self.provenance = provenance
        self.trace = trace
    }
}

/// What the kernel says that a process and its children used, as `wait4` returns it.
public struct ResourceUsage: Sendable, Equatable, Codable {
    public var userNanoseconds: Int64
    public var systemNanoseconds: Int64
    /// The largest resident set; 0 where it is not known, since it was not clearly above that of what started the process.
    public var peakResidentBytes: Int64
    public var voluntarySwitches: Int64
    public var involuntarySwitches: Int64
    public var minorFaults: Int64
    public var majorFaults: Int64

    public init(
        userNanoseconds: Int64, systemNanoseconds: Int64, peakResidentBytes: Int64, voluntarySwitches: Int64,
        involuntarySwitches: Int64, minorFaults: Int64, majorFaults: Int64
    ) {
        self.userNanoseconds = userNanoseconds
        self.systemNanoseconds = systemNanoseconds
        self.peakResidentBytes = peakResidentBytes
        self.voluntarySwitches = voluntarySwitches
        self.involuntarySwitches = involuntarySwitches
        self.minorFaults = minorFaults
        self.majorFaults = majorFaults
    }
}

/// Where a trial's numbers come from. A field that this machine cannot tell is nil, and prints as "unknown".
public struct Provenance: Sendable, Equatable, Hashable, Codable {
    /// The git revision of the working directory, and whether it had uncommitted changes.
    public var revision: String?
    public var revisionIsModified: Bool?
    /// SHA-256 of the program's file, in hex.
    public var binaryDigest: String?
    /// The first line of `swift --version`.
    public var toolchain: String?
    public var host: String?
    public var kernel: String?
    public var processorModel: String?
    public var processorCount: Int?

    public init(
        revision: String?, revisionIsModified: Bool?, binaryDigest: String?, toolchain: String?, host: String?,
        kernel: String?, processorModel: String?, processorCount: Int?
    ) {
        self.revision = revision
        self.revisionIsModified = revisionIsModified
        self.binaryDigest = binaryDigest
        self.toolchain = toolchain
        self.host = host
        self.kernel = kernel
        self.processorModel = processorModel
        self.processorCount = processorCount
    }
}
