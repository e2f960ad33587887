// A pairer has to know the window before the first event: what came before it must not be counted, and a span that was
// handed out cannot be taken back when `measurement-start` turns up late. So a trace is walked twice, and the first
// walk costs a comparison or two an event. The road not taken: keeping every span until the markers are known.

import TraceModel

/// Finds the measured window of a trace, one event at a time.
public struct WindowFinder: Sendable {
    private var first: Int64?
    private var last: Int64 = 0
    private var startMarker: Int64?
    private var endMarker: Int64?

    public init() {}

    /// Takes the next event; the events may come in any order but for the markers.
    public mutating func add(_ event: Event) {
        if first == nil {
            first = event.nanoseconds
            last = event.nanoseconds
        }
        first = min(first ?? event.nanoseconds, event.nanoseconds)
        last = max(last, event.nanoseconds)
        switch event.kind {
        case .measurementStart where startMarker == nil && endMarker == nil: startMarker = event.nanoseconds
        case .measurementEnd where endMarker == nil: endMarker = event.nanoseconds
        default: break
        }
    }

    /// The window, or nil for a trace without events.
    ///
    /// The first marker of each kind counts. A `measurement-start` after a `measurement-end` is no start, so the window
    /// then begins with the first event; an end that is earlier than the start by its time is no end.
    public func finish() -> TraceWindow? {
        guard let first else { return nil }
        let start = startMarker ?? first
        let end = endMarker.flatMap { $0 >= start ? $0 : nil }
        return TraceWindow(
            start: start, end: end ?? last, hasStartMarker: startMarker != nil, hasEndMarker: end != nil)
    }
}
