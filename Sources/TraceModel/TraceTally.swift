/// What the scan adds up over the events of all streams, in the times of the file.
struct TraceTally {
    /// A marker, and what puts it in order among the events of all streams.
    private struct Marker {
        var time: UInt64
        var stream: UInt64
        var place: Int

        func isBefore(_ other: Marker) -> Bool {
            (time, stream, UInt64(place)) < (other.time, other.stream, UInt64(other.place))
        }
    }

    /// Events by the raw value of their kind.
    var counts = ContiguousArray(repeating: 0, count: 256)
    var first = UInt64.max
    var last: UInt64 = 0
    /// What the clock counts in.
    var step = ClockStep()
    private var startMarker: Marker?
    private var endMarker: Marker?

    /// Counts one event, and keeps a marker that is the first of its kind.
    ///
    /// - Parameters:
    ///   - lastTime: The time of the record before it in its stream.
    ///   - place: The number of events before it in its stream.
    mutating func count(_ kind: EventKind, at time: UInt64, after lastTime: UInt64, stream: UInt64, place: Int) {
        counts[Int(kind.rawValue)] &+= 1
        first = min(first, time)
        last = max(last, time)
        step.add(time &- lastTime)
        let marker = Marker(time: time, stream: stream, place: place)
        switch kind {
        case .measurementStart where startMarker.map(marker.isBefore) ?? true: startMarker = marker
        case .measurementEnd where endMarker.map(marker.isBefore) ?? true: endMarker = marker
        default: break
        }
    }

    /// The outline in nanoseconds; nil without events.
    func outline(in conversion: TickConversion) -> TraceOutline? {
        guard first <= last else { return nil }
        var start = startMarker
        if let end = endMarker, let begin = startMarker, end.isBefore(begin) { start = nil }
        return TraceOutline(
            first: conversion.nanoseconds(at: first), last: conversion.nanoseconds(at: last),
            startMarker: start.map { conversion.nanoseconds(at: $0.time) },
            endMarker: endMarker.map { conversion.nanoseconds(at: $0.time) }, counts: counts)
    }
}
