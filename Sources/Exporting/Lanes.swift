import HeapModule

/// Tracks of one stage, side by side, so that what overlaps does not share one. Slices come in the order of their ends.
struct Lanes {
    private struct Lane: Comparable {
        var end: Int64
        var track: UInt64

        static func < (left: Lane, right: Lane) -> Bool { (left.end, left.track) < (right.end, right.track) }
    }

    /// The lane that has been free for longest first.
    private var lanes = Heap<Lane>()

    /// A lane on which the slice overlaps nothing, now taken up to its end; nil where there is none.
    ///
    /// All that is on a lane ended at or before the lane's end, so that what begins there or later overlaps nothing of it.
    mutating func take(from start: Int64, to end: Int64) -> UInt64? {
        guard let free = lanes.min, free.end <= start else { return nil }
        lanes.replaceMin(with: Lane(end: end, track: free.track))
        return free.track
    }

    /// A new lane, taken up to the end.
    mutating func add(_ track: UInt64, end: Int64) { lanes.insert(Lane(end: end, track: track)) }
}
