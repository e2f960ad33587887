// Nearly all records are intact events in order. They are passed over in a loop that does nothing else; whatever it stops at
// is looked at by the rules that have a sentence for it (`TraceRecord+Doubt`), and by them alone.

/// Which records need no second look.
struct PlainRecords {
    /// By kind: 0 for what is looked at, 1 for an event, 2 for an event whose value must not be negative.
    private let rules: ContiguousArray<UInt8>
    /// The bits of the last word that must be zero.
    private let forbidden: UInt64

    /// - Parameter header: Of the trace whose records they are.
    init(header: TraceHeader) {
        var rules = ContiguousArray<UInt8>(repeating: 0, count: 256)
        for kind in EventKind.allCases where kind.firstVersion <= header.version {
            // Markers are looked at, because the tally wants to know where they stand.
            let isMarker = kind == .measurementStart || kind == .measurementEnd
            rules[Int(kind.rawValue)] = isMarker ? 0 : kind == .requestDue ? 2 : 1
        }
        self.rules = rules
        forbidden = header.clock == .virtual ? 0xFFFF << 32 : 0
    }

    /// Counts plain events up to the first record that is none.
    ///
    /// - Parameters:
    ///   - words: Of a chunk.
    ///   - start: The number of the first record.
    ///   - end: The number of the record to stop before.
    ///   - lastTime: The time of the record before the first; then that of the last one passed.
    /// - Returns: The number of the record that it stopped before.
    func pass(
        _ words: UnsafeBufferPointer<UInt64>, from start: Int, to end: Int, after lastTime: inout UInt64,
        counting tally: inout TraceTally
    ) -> Int {
        var position = start
        var latest = lastTime
        var step = tally.step
        rules.withUnsafeBufferPointer { rules in
            tally.counts.withUnsafeMutableBufferPointer { counts in
                while position < end {
                    let record = TraceRecord(words: words, at: 4 &* position)
                    let rule = rules[Int(record.kind)]
                    guard record.checkFound == TraceFormat.check, rule == 1 || (rule == 2 && record.value >= 0),
                        // As signed numbers: a time of 2⁶³ or more is before all others.
                        Int64(bitPattern: record.time) >= Int64(bitPattern: latest), record.lastWord & forbidden == 0
                    else { break }
                    counts[Int(record.kind)] &+= 1
                    step.add(record.time &- latest)
                    latest = record.time
                    position &+= 1
                }
            }
        }
        guard position > start else { return position }
        tally.first = min(tally.first, TraceRecord(words: words, at: 4 &* start).time)
        tally.last = max(tally.last, latest)
        tally.step = step
        lastTime = latest
        return position
    }
}
