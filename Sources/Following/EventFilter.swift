import TraceModel

/// Which events of a trace are meant. What is empty or nil lets everything pass.
public struct EventFilter: Sendable, Equatable {
    public var kinds: Set<EventKind> = []
    /// Markers belong to no request and no client: a filter of either leaves them out.
    public var requests: Set<UInt64> = []
    public var clients: Set<UInt32> = []
    public var threads: Set<UInt32> = []
    /// In nanoseconds since the trace's first event; an event at this instant passes.
    public var earliest: Int64?
    /// In nanoseconds since the trace's first event; an event at this instant passes.
    public var latest: Int64?

    public init() {}

    /// Whether the event is meant.
    ///
    /// - Parameter origin: The time of the trace's first event.
    public func passes(_ event: Event, since origin: Int64) -> Bool {
        let isMarker = event.kind == .measurementStart || event.kind == .measurementEnd
        if isMarker && !(requests.isEmpty && clients.isEmpty) { return false }
        let elapsed = RequestWay.elapsed(from: origin, to: event.nanoseconds)
        return (kinds.isEmpty || kinds.contains(event.kind))
            && (requests.isEmpty || requests.contains(event.request))
            && (clients.isEmpty || clients.contains(event.client))
            && (threads.isEmpty || threads.contains(event.thread))
            && (earliest.map { elapsed >= $0 } ?? true) && (latest.map { elapsed <= $0 } ?? true)
    }
}
