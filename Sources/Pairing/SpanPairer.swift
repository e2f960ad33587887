import TraceModel

/// Turns the events of one trace into spans, one event at a time, under one pairing.
///
/// Use it as a constraint, never as a box: the hot path must stay free of existentials.
public protocol SpanPairer: ~Copyable, Sendable {
    /// Takes the next event and hands out the spans that it completes: none, or up to three. Those that count are in the
    /// window (see ``Span/isInWindow``); a pairer that sees what lies before the window hands that out, too.
    ///
    /// Events come in the order of time. One that does not is still paired, and its span counted as negative if it is.
    mutating func add(_ event: Event, _ emit: (Span) -> Void)

    /// Closes the books at the window's end. Call it once, after the last event.
    consuming func finish() -> PairingOutcome
}

/// How many events of each kind were seen.
struct EventTally: Sendable {
    private var counts = InlineArray<256, Int>(repeating: 0)

    @inline(__always)
    mutating func count(_ kind: EventKind) { counts[Int(kind.rawValue)] &+= 1 }

    /// One number for every kind, also for those that did not occur.
    var byKind: [EventKind: Int] {
        Dictionary(uniqueKeysWithValues: EventKind.allCases.map { ($0, counts[Int($0.rawValue)]) })
    }
}
