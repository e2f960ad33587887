// One pass over the file, chunk by chunk in the file's order, which is also each stream's order. It checks every byte,
// finds out how far each stream can be read, and gathers the calibrations. Memory: one chunk, four bytes for each
// chunk of the file, and the calibrations (ten a second).
//
// The first damage in a stream ends it: what follows may be intact, but nothing says that nothing is missing before it.
// Calibrations are the exception: an intact one counts wherever it stands, because without it no time can be read, and
// it says all it has to say by itself.

import Glibc

/// What one pass over a trace finds.
struct TraceScan {
    /// More damage than this is counted, not listed.
    static let problemsListedMaximum = 100

    private(set) var streams: [TraceStream] = []
    private(set) var counts = TraceCounts()
    private(set) var problems: [TraceProblem]
    private(set) var unlistedProblemCount = 0
    private(set) var conversion = TickConversion.identity
    private(set) var tally = TraceTally()

    private let file: TraceFile
    private let header: TraceHeader
    private let plain: PlainRecords
    private var progress: [UInt64: Progress] = [:]
    private var calibrations: [TickConversion.Calibration] = []

    /// How far a stream has come.
    private struct Progress {
        var index: Int
        var lastTime: UInt64 = 0
        var isDamaged = false
        /// Where its latest chunk ended before it was full.
        var endedEarlyAt: UInt64?
    }

    /// - Parameter headerProblems: What is wrong with the header, to stand first.
    init(file: TraceFile, header: TraceHeader, headerProblems: [TraceProblem]) throws(TraceError) {
        self.file = file
        self.header = header
        plain = PlainRecords(header: header)
        problems = headerProblems
        checkSize()
        let buffer = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: TraceFormat.chunkBytes / 8)
        defer { buffer.deallocate() }
        let bytes = UnsafeMutableRawBufferPointer(buffer)
        var index: UInt32 = 0
        // What lies behind the chunks that an intact header counts is reported, not walked: it may be a hole of terabytes.
        let isCounted = header.isClosed && headerProblems.isEmpty
        let chunkCount = isCounted ? UInt32(clamping: header.chunksClaimed) : .max
        while index < chunkCount, TraceStream.offset(ofChunk: index) < file.byteCount {
            let count = try file.read(into: bytes, at: TraceStream.offset(ofChunk: index))
            if count < TraceFormat.recordBytes { break }
            scan(chunk: index, words: UnsafeBufferPointer(buffer), recordCount: count / TraceFormat.recordBytes)
            index += 1
        }
        settleClock()
        counts.streams = streams.count
        counts.events = streams.reduce(0) { $0 + $1.eventCount }
        if let recorded = header.eventsRecorded, recorded != UInt64(counts.events) {
            report(
                UInt64(TraceHeader.Offset.eventsRecorded), .eventCount,
                "expected the \(recorded) events that the recorder counted, found \(counts.events)")
        }
    }

    /// The file of a closed trace holds the chunks that its header counts, and nothing else; before that it may hold
    /// room for more.
    private mutating func checkSize() {
        let place = UInt64(TraceFormat.headerBytes)
        let (claimed, overflow) = header.chunksClaimed.multipliedReportingOverflow(by: UInt64(TraceFormat.chunkBytes))
        let expected = overflow ? .max : claimed.addingReportingOverflow(place).partialValue
        if file.byteCount < expected {
            report(
                file.byteCount, .truncated,
                "expected \(header.chunksClaimed) chunks, found the end of the file; copy the whole file again")
        } else if header.isClosed && file.byteCount > expected {
            report(expected, .excess, "expected the file to end, found \(file.byteCount - expected) bytes more")
        }
    }

    private mutating func report(_ offset: UInt64, _ kind: TraceProblem.Kind, _ sentence: String) {
        if problems.count < Self.problemsListedMaximum {
            problems.append(TraceProblem(path: file.path, byteOffset: offset, kind: kind, sentence: sentence))
        } else {
            unlistedProblemCount += 1
        }
    }

    private mutating func settleClock() {
        let events = streams.reduce(0) { $0 + $1.eventCount }
        let expectation: String
        switch header.clock {
        case .monotonic, .virtual:
            if calibrations.isEmpty { return }
            expectation = "no calibration beside times in nanoseconds"
        case .ticks:
            if let conversion = TickConversion(calibrations: calibrations) {
                self.conversion = conversion
                return
            }
            if events == 0 && calibrations.count < 2 { return }
            expectation = "two or more calibrations that rise together"
        }
        report(
            UInt64(TraceHeader.Offset.clock), .calibration,
            "expected \(expectation), found \(calibrations.count): no time is certain, so \(events) events are not read"
        )
        counts.unreadRecords += events
        streams = []
        tally = TraceTally()
    }
}

// MARK: - One chunk

extension TraceScan {
    private mutating func scan(chunk index: UInt32, words: UnsafeBufferPointer<UInt64>, recordCount: Int) {
        let offset = TraceStream.offset(ofChunk: index)
        let chunkHeader = TraceRecord(words: words, at: 0)
        let isEmptyAfterHeader = isZero(words, from: 1, recordCount: recordCount)
        if !header.isClosed && isEmptyAfterHeader && (chunkHeader.isZero || chunkHeader.isUnfinished) {
            // Reserved, or claimed by a thread that was killed before it wrote.
            if chunkHeader.isUnfinished { counts.unfinishedRecords += 1 }
            return
        }
        if chunkHeader.isZero && isEmptyAfterHeader && UInt64(index) >= header.chunksClaimed {
            return  // Excess of a closed trace, reported by its size.
        }
        guard chunkHeader.isChunkHeader else {
            report(offset, .damagedChunk, "expected a chunk header, found \(chunkHeader.complaint)")
            countUnread(words, from: 0, recordCount: recordCount)
            return
        }
        counts.chunks += 1
        if !header.isClosed && UInt64(index) >= header.chunksClaimed {
            report(offset, .excess, "expected no chunk after the \(header.chunksClaimed) claimed, found one")
        }
        let identifier = chunkHeader.request
        var stream = progress[identifier] ?? open(identifier)
        if accept(chunkHeader, of: &stream, at: offset) {
            streams[stream.index].chunks.append(index)
            let readable = readRecords(words, recordCount: recordCount, of: &stream, at: offset)
            streams[stream.index].lastChunkRecordCount = readable
            if stream.isDamaged { countUnread(words, from: readable, recordCount: recordCount) }
        } else {
            countUnread(words, from: 0, recordCount: recordCount)
        }
        progress[identifier] = stream
    }

    private mutating func open(_ identifier: UInt64) -> Progress {
        streams.append(TraceStream(identifier: identifier))
        return Progress(index: streams.count - 1)
    }

    /// Whether the chunk continues its stream.
    private mutating func accept(_ chunkHeader: TraceRecord, of stream: inout Progress, at offset: UInt64) -> Bool {
        guard !stream.isDamaged else { return false }
        let expected = streams[stream.index].chunks.count
        if chunkHeader.value != Int64(expected) {
            report(
                offset, .chunkOutOfSequence,
                "expected chunk \(expected) of stream \(chunkHeader.request), found chunk \(chunkHeader.value)")
            stream.isDamaged = true
        } else if let end = stream.endedEarlyAt {
            report(end, .hole, "expected a record, found zeros, though the stream's next chunk is at byte \(offset)")
            stream.isDamaged = true
        }
        return !stream.isDamaged
    }

    /// Checks the records after the chunk header up to the chunk's end or the first damage.
    ///
    /// - Returns: How many records can be read, the chunk header included.
    private mutating func readRecords(
        _ words: UnsafeBufferPointer<UInt64>, recordCount: Int, of stream: inout Progress, at offset: UInt64
    ) -> Int {
        let identifier = streams[stream.index].identifier
        var events = streams[stream.index].eventCount
        defer { streams[stream.index].eventCount = events }
        var position = 1
        while position < recordCount {
            if position > 1 {
                let next = plain.pass(
                    words, from: position, to: recordCount, after: &stream.lastTime, counting: &tally)
                events += next - position
                position = next
                if position == recordCount { break }
            }
            let record = TraceRecord(words: words, at: 4 * position)
            let place = offset + UInt64(position * TraceFormat.recordBytes)
            if record.lastWord == 0 {
                end(stream: &stream, with: record, position, words, recordCount: recordCount, at: place)
                return position
            }
            if let (kind, sentence) = record.doubt(isFirst: position == 1, after: stream.lastTime, in: header) {
                report(place, kind, sentence)
                stream.isDamaged = true
                return position
            }
            if record.kind == TraceFormat.TechnicalKind.calibration.rawValue {
                calibrations.append(.init(ticks: record.time, nanoseconds: record.valueBits))
            } else if let kind = EventKind(rawValue: record.kind) {
                tally.count(kind, at: record.time, after: stream.lastTime, stream: identifier, place: events)
                events += 1
            }
            stream.lastTime = record.time
            position += 1
        }
        if recordCount < TraceFormat.recordsPerChunk {
            stream.endedEarlyAt = offset + UInt64(recordCount * TraceFormat.recordBytes)
        }
        return recordCount
    }

    /// A record without its last word: the end of what was written, unless something follows.
    private mutating func end(
        stream: inout Progress, with record: TraceRecord, _ position: Int, _ words: UnsafeBufferPointer<UInt64>,
        recordCount: Int, at place: UInt64
    ) {
        stream.endedEarlyAt = place
        if position == 1 && header.isClosed {
            report(place, .hole, "expected a thread record, found \(record.complaint)")
            stream.isDamaged = true
        } else if !isZero(words, from: position + 1, recordCount: recordCount) {
            report(place, .hole, "expected a record, found \(record.complaint), though records follow")
            stream.isDamaged = true
        } else if record.isUnfinished {
            if header.isClosed {
                report(place, .damagedRecord, "expected a record or zeros, found an unfinished record")
                stream.isDamaged = true
            } else {
                counts.unfinishedRecords += 1
            }
        }
    }

    /// Counts what is not read because of damage, and keeps the calibrations among it.
    private mutating func countUnread(_ words: UnsafeBufferPointer<UInt64>, from start: Int, recordCount: Int) {
        for position in start..<recordCount {
            let record = TraceRecord(words: words, at: 4 * position)
            if record.isZero { continue }
            counts.unreadRecords += 1
            let isCalibration = record.kind == TraceFormat.TechnicalKind.calibration.rawValue
            if isCalibration && record.doubt(isFirst: false, after: 0, in: header) == nil {
                calibrations.append(.init(ticks: record.time, nanoseconds: record.valueBits))
            }
        }
    }

    /// Whether the records from `start` on are zeros: the first byte is, and each equals the next.
    private func isZero(_ words: UnsafeBufferPointer<UInt64>, from start: Int, recordCount: Int) -> Bool {
        guard start < recordCount else { return true }
        let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: words[(4 * start)..<(4 * recordCount)]))
        return bytes[0] == 0 && memcmp(bytes.baseAddress!, bytes.baseAddress! + 1, bytes.count - 1) == 0
    }
}
