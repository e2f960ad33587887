import Auditing
import TraceModel

/// All that may be shown of one trace by itself, without an experiment around it: a single process, so no intervals.
public struct TraceSummary: Sendable, Equatable {
    /// The file as the user named it.
    public var fileName: String
    /// How the trace ends, as a whole sentence: complete, or cut off at a byte and why.
    public var ending: String
    /// What is wrong with the file or was met on reading it, as whole sentences; empty when nothing is.
    public var problems: [String]
    /// What the times are.
    public var clock: TraceFormat.Clock
    /// What the program was told, as the trace's header says it.
    public var parameters: TraceParameters
    /// All events of the file by kind, markers and warm-up included; without `request-due` where there is none.
    public var eventCounts: [EventKind: Int]
    /// From the first event to the last, in nanoseconds; nil where there are fewer than two events.
    public var elapsedNanoseconds: Int64?
    /// Events that the recorder could not keep, or that an import is without; nil where the trace does not say.
    public var droppedEvents: Int?
    /// Whether the trace was imported, and not recorded by its program.
    public var isImported: Bool
    /// The measured window; nil where the trace has no `measurement-start`, and the whole trace was taken.
    public var window: Window?
    /// One for each stage, subset and pairing, of the measured window; their `estimates` are not used. In virtual time
    /// by request only.
    public var stages: [StageSummary]
    public var findings: [Finding]
    /// The audits that could not be applied, and why.
    public var unapplied: [UnappliedAudit]
    /// What the trace can be judged by: in virtual time all events are on one thread, and by request only.
    public var pairings: [PairingKey] { clock == .virtual ? [.request] : PairingKey.allCases }

    /// The part of a trace between its markers.
    public struct Window: Sendable, Equatable {
        /// From the first event of the trace to `measurement-start`.
        public var warmUpNanoseconds: Int64
        /// From `measurement-start` to `measurement-end`, or to the last event where that is missing.
        public var measuredNanoseconds: Int64
        /// Events inside the window by kind, without the markers.
        public var eventCounts: [EventKind: Int]

        public init(warmUpNanoseconds: Int64, measuredNanoseconds: Int64, eventCounts: [EventKind: Int]) {
            self.warmUpNanoseconds = warmUpNanoseconds
            self.measuredNanoseconds = measuredNanoseconds
            self.eventCounts = eventCounts
        }
    }

    public init(
        fileName: String, ending: String, problems: [String], clock: TraceFormat.Clock = .monotonic,
        parameters: TraceParameters = .text(""), eventCounts: [EventKind: Int], elapsedNanoseconds: Int64?,
        droppedEvents: Int?, window: Window?,
        stages: [StageSummary], findings: [Finding], unapplied: [UnappliedAudit] = [], isImported: Bool = false
    ) {
        self.isImported = isImported
        self.unapplied = unapplied
        self.clock = clock
        self.parameters = parameters
        self.fileName = fileName
        self.ending = ending
        self.problems = problems
        self.eventCounts = eventCounts
        self.elapsedNanoseconds = elapsedNanoseconds
        self.droppedEvents = droppedEvents
        self.window = window
        self.stages = stages
        self.findings = findings
    }
}
