/// The part of a trace that counts: between its markers, or all of it where it has none.
public struct TraceWindow: Sendable, Equatable, Codable {
    /// Nanoseconds of the trace's clock; an event at this instant is inside.
    public var start: Int64
    /// Nanoseconds of the trace's clock, never before `start`. An event at this instant is inside only if there is no
    /// marker: where load and window are in step, each instant then belongs to one of two windows that follow each other.
    public var end: Int64
    /// Whether `start` is the marker `measurement-start`; otherwise it is the time of the first event.
    public var hasStartMarker: Bool
    /// Whether `end` is the marker `measurement-end`; otherwise it is the time of the last event.
    public var hasEndMarker: Bool

    public init(start: Int64, end: Int64, hasStartMarker: Bool = false, hasEndMarker: Bool = false) {
        precondition(start <= end, "a window from \(start) to \(end) ends before it starts")
        self.start = start
        self.end = end
        self.hasStartMarker = hasStartMarker
        self.hasEndMarker = hasEndMarker
    }

    /// The last instant that is inside.
    var lastInstant: Int64 { hasEndMarker ? end - 1 : end }

    /// How long the window is, in nanoseconds, from 0 up.
    public var lengthNanoseconds: Int64 { Span.difference(end, start) }
}
