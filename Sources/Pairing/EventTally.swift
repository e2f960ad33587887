import TraceModel

/// Instants that were counted, and the time from each to the window's end.
///
/// Of what begins at some instants and ends at others, the number in flight, integrated over the window, is the one's time less
/// the other's, whichever belong together.
struct EventFlow: Sendable, Equatable {
    /// Of those in the window.
    private(set) var count = 0
    /// In nanoseconds: to the window's end, from its start for an instant before it. It wraps, and is exact as long as the result
    /// fits.
    private(set) var nanoseconds: Int64 = 0

    @inline(__always)
    mutating func add(_ instant: Int64, _ window: TraceWindow) {
        count &+= (instant >= window.start).asCount
        nanoseconds &+= window.end &- max(instant, window.start)
    }

    static func + (left: EventFlow, right: EventFlow) -> EventFlow {
        EventFlow(count: left.count + right.count, nanoseconds: left.nanoseconds &+ right.nanoseconds)
    }

    static func - (left: EventFlow, right: EventFlow) -> EventFlow {
        EventFlow(count: left.count - right.count, nanoseconds: left.nanoseconds &- right.nanoseconds)
    }
}

extension Bool {
    /// 1 for true, 0 for false, without a branch: what is inlined into code on a hot path has to be small.
    @inline(__always)
    var asCount: Int { Int(unsafeBitCast(self, to: UInt8.self)) }
}

/// The events of each kind up to the window's end.
struct EventTally: Sendable {
    /// By the number of the kind.
    private var flows = InlineArray<32, EventFlow>(repeating: EventFlow())

    @inline(__always)
    mutating func count(_ event: Event, _ window: TraceWindow) {
        flows[Int(event.kind.rawValue)].add(event.nanoseconds, window)
    }

    /// The events of these kinds together.
    subscript(kinds: EventKind...) -> EventFlow { kinds.reduce(EventFlow()) { $0 + flows[Int($1.rawValue)] } }

    /// How many events lie in the window; one number for every kind, also for those that did not occur.
    var byKind: [EventKind: Int] {
        Dictionary(uniqueKeysWithValues: EventKind.allCases.map { ($0, self[$0].count) })
    }
}
