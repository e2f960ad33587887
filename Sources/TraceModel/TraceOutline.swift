// What has to be known of a whole trace before its first event can be judged: where it begins and ends, and its markers.
// Opening a trace finds it out on the way, so that the events need not be walked for it.

/// The ends, the markers and the number of events of a trace that has at least one event.
public struct TraceOutline: Sendable, Equatable {
    /// The time of the earliest event, in nanoseconds of the trace's clock; markers are events.
    public private(set) var first: Int64
    /// The time of the latest event.
    public private(set) var last: Int64
    /// The time of the first `measurement-start`, unless a `measurement-end` stands before it.
    public private(set) var startMarker: Int64?
    /// The time of the first `measurement-end`.
    public private(set) var endMarker: Int64?
    /// Events by the raw value of their kind.
    private var counts: ContiguousArray<Int>

    init(first: Int64, last: Int64, startMarker: Int64?, endMarker: Int64?, counts: ContiguousArray<Int>) {
        self.first = first
        self.last = last
        self.startMarker = startMarker
        self.endMarker = endMarker
        self.counts = counts
    }

    /// The outline of one event.
    public init(of event: Event) {
        self.init(
            first: event.nanoseconds, last: event.nanoseconds, startMarker: nil, endMarker: nil,
            counts: ContiguousArray(repeating: 0, count: 256))
        add(event)
    }

    /// The outline of events that are not in a file; nil where there are none.
    public init?(of events: some Sequence<Event>) {
        var outline: TraceOutline?
        for event in events {
            if outline == nil { outline = TraceOutline(of: event) } else { outline?.add(event) }
        }
        guard let outline else { return nil }
        self = outline
    }

    /// Takes the next event; the events may come in any order but for the markers.
    public mutating func add(_ event: Event) {
        first = min(first, event.nanoseconds)
        last = max(last, event.nanoseconds)
        counts[Int(event.kind.rawValue)] += 1
        switch event.kind {
        case .measurementStart where startMarker == nil && endMarker == nil: startMarker = event.nanoseconds
        case .measurementEnd where endMarker == nil: endMarker = event.nanoseconds
        default: break
        }
    }

    /// Events for every kind, also those that did not occur; markers and warm-up included.
    public var eventCounts: [EventKind: Int] {
        Dictionary(uniqueKeysWithValues: EventKind.allCases.map { ($0, counts[Int($0.rawValue)]) })
    }
}
