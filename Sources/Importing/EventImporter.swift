// What others recorded becomes a trace in two steps: lines become events here, and events in the order of time become a file
// elsewhere. Nothing is dropped in silence: what is no event is counted, the first of it is quoted with its line, and the
// count goes into the trace as events dropped, where the audits judge it.

import TraceModel

/// Turns lines of one format into events.
public protocol EventImporter {
    /// Takes the next line, numbered from 1.
    mutating func add(_ line: ArraySlice<UInt8>, number: Int, to events: inout ImportedEvents)

    /// Takes note that there are no more lines. Call it once.
    mutating func finish(_ events: inout ImportedEvents)
}

/// The events found so far, what was not understood, and what is known of their source.
public struct ImportedEvents: Sendable {
    /// So many events are kept: 400 MB. They are sorted in memory, so that any disorder is mended.
    public static let eventsMaximum = 10_000_000
    /// So many complaints are kept word for word.
    public static let complaintsKept = 3

    /// What a line was not understood for.
    public struct Complaint: Sendable, Equatable, CustomStringConvertible {
        public let line: Int
        public let sentence: String

        public var description: String { "line \(line): \(sentence)" }
    }

    /// As they came; ``sorted()`` puts them in order.
    public private(set) var events: [Event] = []
    /// Events that came before one of an earlier time.
    public private(set) var disorderCount = 0
    /// Lines, or parts of them, that should have been events.
    public private(set) var unreadableCount = 0
    /// The first of them.
    public private(set) var complaints: [Complaint] = []
    /// Lines that are none of the source's events, such as comments and other probes: no loss.
    public private(set) var otherLineCount = 0
    /// Events that did not fit into ``eventsMaximum``.
    public private(set) var overflowCount = 0
    /// Events that the source itself says it lost.
    public internal(set) var lostBySource: UInt64 = 0
    /// What the source says of itself; nil where it says nothing.
    public internal(set) var source: Source?

    private let limit: Int

    /// What a header says.
    public struct Source: Sendable, Equatable {
        public var clock: TraceFormat.Clock = .monotonic
        public var process: UInt32 = 0
        public var startNanosecondsSinceEpoch: Int64 = 0
        public var description = ""

        public init() {}
    }

    /// - Parameter limit: How many events are kept at most.
    public init(limit: Int = eventsMaximum) { self.limit = limit }

    /// Everything that is missing in the events: it becomes the trace's count of dropped events.
    public var lostCount: UInt64 {
        lostBySource.addingUpToMaximum(UInt64(unreadableCount)).addingUpToMaximum(UInt64(overflowCount))
    }

    /// Takes an event, if it can be in a trace.
    mutating func append(_ event: Event, line: Int) {
        if let complaint = Self.impossibility(of: event, clock: source?.clock ?? .monotonic) {
            return complain(complaint, line: line)
        }
        guard events.count < limit else {
            overflowCount += 1
            return
        }
        if let last = events.last, last.nanoseconds > event.nanoseconds { disorderCount += 1 }
        events.append(event)
    }

    mutating func complain(_ sentence: String, line: Int) {
        unreadableCount += 1
        if complaints.count < Self.complaintsKept { complaints.append(Complaint(line: line, sentence: sentence)) }
    }

    mutating func skipLine() { otherLineCount += 1 }

    /// Counts times from the earliest event on, where they are of the wall clock: a trace's clock is none, and the wall clock of
    /// its beginning is in its header.
    mutating func countTimesFromFirst() {
        guard let first = events.map(\.nanoseconds).min() else { return }
        for index in events.indices { events[index].nanoseconds -= first }
        var source = source ?? Source()
        source.startNanosecondsSinceEpoch = first
        self.source = source
    }

    /// Takes note of a line that was too long to be looked at.
    public mutating func refuseLine(_ number: Int, longerThan bytes: Int) {
        complain("it is longer than \(bytes) bytes; write one event a line", line: number)
    }

    /// What the trace's reader would call damage.
    private static func impossibility(of event: Event, clock: TraceFormat.Clock) -> String? {
        if event.nanoseconds < 0 { return "the time \(event.nanoseconds) is negative; write nanoseconds from 0 on" }
        if event.kind == .requestDue && event.value < 0 {
            return "the lateness \(event.value) of a request-due is negative; write how many nanoseconds ago it was due"
        }
        guard clock == .virtual, event.thread != 0 || event.cpu != 0 else { return nil }
        return "thread \(event.thread) and CPU \(event.cpu) cannot be in virtual time, where both are 0"
    }

    /// The events in the order of time; those of the same time in the order in which they came.
    public consuming func sorted() -> [Event] {
        // The standard library does not promise a stable sort: the place decides between equal times.
        if disorderCount == 0 { return events }
        let order = events.indices.sorted { (events[$0].nanoseconds, $0) < (events[$1].nanoseconds, $1) }
        return order.map { events[$0] }
    }
}

extension UInt64 {
    /// The sum, or the largest number where it is larger: a count of losses must not come round to none.
    func addingUpToMaximum(_ other: UInt64) -> UInt64 {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        return isTooLarge ? .max : sum
    }
}
