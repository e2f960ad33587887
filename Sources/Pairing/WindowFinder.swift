// A pairer has to know the window before the first event: what came before it must not be counted, and a span that was
// handed out cannot be taken back when `measurement-start` turns up late. A trace in a file has its outline from when it was
// opened; other events are walked twice. The road not taken: keeping every span until the markers are known.

import TraceModel

/// Finds the measured window of events, one event at a time.
public struct WindowFinder: Sendable {
    private var outline: TraceOutline?

    public init() {}

    /// Takes the next event; the events may come in any order but for the markers.
    public mutating func add(_ event: Event) {
        if outline == nil { outline = TraceOutline(of: event) } else { outline?.add(event) }
    }

    /// The window, or nil where there were no events.
    public func finish() -> TraceWindow? { outline.map { TraceWindow(of: $0) } }
}

extension TraceWindow {
    /// The window of a trace.
    ///
    /// The first marker of each kind counts. A `measurement-start` after a `measurement-end` is no start, so the window
    /// then begins with the first event; an end that is earlier than the start by its time is no end.
    public init(of outline: TraceOutline) {
        let start = outline.startMarker ?? outline.first
        let end = outline.endMarker.flatMap { $0 >= start ? $0 : nil }
        self.init(
            start: start, end: end ?? outline.last, hasStartMarker: outline.startMarker != nil,
            hasEndMarker: end != nil)
    }
}
