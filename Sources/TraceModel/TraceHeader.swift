/// The header page of a trace.
public struct TraceHeader: Sendable, Equatable {
    /// The version of the format that the trace was written in.
    public var version: UInt32
    /// What the times in the file are; events come out in nanoseconds in any case.
    public var clock: TraceFormat.Clock
    /// The process that recorded; 0 in virtual time.
    public var process: UInt32
    /// The wall clock when recording began, in nanoseconds since the Unix epoch; 0 in virtual time.
    public var startNanosecondsSinceEpoch: Int64
    /// How many chunks the recorder had taken.
    public var chunksClaimed: UInt64
    /// How many events the recorder had to drop, because the disk was full or the file at its maximum; of an import, how many
    /// could not be read or had been lost by their source.
    public var eventsDropped: UInt64
    /// How many events the recorder stored; nil unless it closed the trace.
    public var eventsRecorded: UInt64?
    /// The program's parameters: a JSON object, or empty.
    public var description: String
    /// Whether the recorder closed the trace in order.
    public var isClosed: Bool
    /// Who wrote the trace.
    public var origin: TraceFormat.Origin

    public init(
        version: UInt32 = TraceFormat.version, clock: TraceFormat.Clock, process: UInt32,
        startNanosecondsSinceEpoch: Int64, chunksClaimed: UInt64, eventsDropped: UInt64, eventsRecorded: UInt64?,
        description: String, isClosed: Bool, origin: TraceFormat.Origin = .recorder
    ) {
        self.version = version
        self.clock = clock
        self.process = process
        self.startNanosecondsSinceEpoch = startNanosecondsSinceEpoch
        self.chunksClaimed = chunksClaimed
        self.eventsDropped = eventsDropped
        self.eventsRecorded = eventsRecorded
        self.description = description
        self.isClosed = isClosed
        self.origin = origin
    }
}

/// How a trace ends.
public enum TraceEnding: Sendable, Equatable, CustomStringConvertible {
    case closed
    /// Nothing was lost but the last event of a thread that was killed while storing it.
    case notClosed(process: UInt32)

    public var description: String {
        switch self {
        case .closed: "closed in order"
        // Virtual time, where the same run has the same bytes in every process.
        case .notClosed(process: 0):
            "not closed: its program was killed while it recorded, or still records"
        case .notClosed(let process):
            "not closed: process \(process) was killed while it recorded, or still records"
        }
    }
}
