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
