// What a record by itself, after the one before it, can be wrong in. The scan asks of each record once.

extension TraceRecord {
    /// What is wrong with the record, which has a last word; nil where it can be read.
    ///
    /// - Parameters:
    ///   - isFirst: Whether it stands right behind its chunk's header.
    ///   - lastTime: The time of the record before it in its stream, 0 for none.
    ///   - header: Of the trace that it stands in.
    func doubt(
        isFirst: Bool, after lastTime: UInt64, in header: TraceHeader
    ) -> (TraceProblem.Kind, String)? {
        guard checkFound == TraceFormat.check else { return (.damagedRecord, "expected a record, found \(complaint)") }
        let technical = TraceFormat.TechnicalKind(rawValue: kind)
        if isFirst && technical != .thread {
            return (.unknownKind, "expected a thread record at the start of the chunk, found kind \(kind)")
        }
        let event = EventKind(rawValue: kind)
        let isKnown = event.map { $0.firstVersion <= header.version } ?? (technical != nil)
        if technical == .chunk || !isKnown {
            return (.unknownKind, "expected an event, a thread or a calibration, found kind \(kind)")
        }
        if let sentence = impossibility(event, technical, in: header) { return (.impossibleValue, sentence) }
        if time > UInt64(Int64.max) {
            return (.impossibleValue, "expected a time up to \(Int64.max), found \(time)")
        }
        if time < lastTime {
            return (.timeBackwards, "expected a time from \(lastTime) on, found \(time)")
        }
        return nil
    }

    /// What cannot be true of its value, thread or CPU.
    private func impossibility(
        _ event: EventKind?, _ technical: TraceFormat.TechnicalKind?, in header: TraceHeader
    ) -> String? {
        if technical == .thread && UInt32(exactly: value) == nil {
            return "expected a thread from 0 to \(UInt32.max), found \(value)"
        }
        if technical == .calibration && value < 0 { return "expected a calibration from 0 ns on, found \(value)" }
        if event == .requestDue && value < 0 { return "expected a lateness from 0 ns on, found \(value)" }
        guard header.clock == .virtual else { return nil }
        if technical == .thread && value != 0 { return "expected thread 0 in virtual time, found \(value)" }
        if cpu != 0 { return "expected CPU 0 in virtual time, found \(cpu)" }
        return nil
    }

    /// Whether it is an intact chunk header.
    var isChunkHeader: Bool {
        checkFound == TraceFormat.check && kind == TraceFormat.TechnicalKind.chunk.rawValue
            && time == TraceFormat.chunkMagicWord
    }

    /// What it is instead of what was expected.
    var complaint: String {
        if isZero { return "zeros" }
        if isUnfinished { return "an unfinished record" }
        if checkFound == TraceFormat.check { return "a record of kind \(kind)" }
        return """
            32 bytes that come to \(checkFound.hexadecimal) by exclusive-or instead of \
            \(TraceFormat.check.hexadecimal)
            """
    }
}
