/// A walk through the records of one stream, a buffer of records at a time.
///
/// It stands on an event from ``begin()`` or ``advance()`` on until one of them returns false. The buffer holds whole runs of
/// events: what is no event is dealt with between them, so that a step within a run is an addition and a comparison.
struct StreamCursor {
    let identifier: UInt64
    /// The OS thread of the event that it stands on.
    private(set) var thread: UInt32 = 0

    private let file: TraceFile
    private let chunks: [UInt32]
    private let lastChunkRecordCount: Int
    /// The time of the last event of the run.
    private var lastTime: UInt64 = 0
    /// The chunk being read, as a place in `chunks`, and the next record in it that is not in the buffer yet.
    private var chunkPosition = 0
    private var recordPosition = 0
    private var buffer: ContiguousArray<UInt64>
    private var bufferedCount = 0
    private var bufferPosition = 0
    /// Where the run of events ends that it stands in.
    private var runEnd = 0

    /// - Parameter wordCount: The size of the buffer: a multiple of four.
    init(stream: TraceStream, file: TraceFile, wordCount: Int) {
        identifier = stream.identifier
        self.file = file
        chunks = stream.chunks
        lastChunkRecordCount = stream.lastChunkRecordCount
        buffer = ContiguousArray(repeating: 0, count: wordCount)
    }

    /// The record of the event that it stands on.
    @inline(__always)
    var record: TraceRecord {
        buffer.withUnsafeBufferPointer { TraceRecord(words: $0, at: 4 &* bufferPosition) }
    }

    /// Moves to the first event; false if there is none that can be read.
    mutating func begin() -> Bool { beginRun() }

    /// Moves to the next event; false at the end of what can be read.
    @inline(__always)
    mutating func advance() -> Bool {
        bufferPosition &+= 1
        return bufferPosition < runEnd || beginRun()
    }

    /// Moves over what is no event, and finds out how far events go on.
    @inline(never)
    private mutating func beginRun() -> Bool {
        while bufferPosition < bufferedCount || fill() {
            runEnd = endOfRun()
            if runEnd > bufferPosition { return true }
            let record = record
            // The scan has passed this record: it fails now only if the file was changed since.
            guard record.checkFound == TraceFormat.check, EventKind(rawValue: record.kind) == nil else { return stop() }
            if record.kind == TraceFormat.TechnicalKind.thread.rawValue {
                thread = UInt32(truncatingIfNeeded: record.valueBits)
            }
            bufferPosition += 1
        }
        return false
    }

    /// The first record from here on that is no intact event in order.
    private mutating func endOfRun() -> Int {
        var position = bufferPosition
        var latest = lastTime
        buffer.withUnsafeBufferPointer { words in
            EventKind.byRawValue.withUnsafeBufferPointer { kinds in
                while position < bufferedCount {
                    let record = TraceRecord(words: words, at: 4 &* position)
                    guard record.checkFound == TraceFormat.check, kinds[Int(record.kind)] != nil, record.time >= latest
                    else { break }
                    latest = record.time
                    position &+= 1
                }
            }
        }
        lastTime = latest
        return position
    }

    /// Reads more records into the buffer; false when there are none.
    private mutating func fill() -> Bool {
        while chunkPosition < chunks.count {
            let isLast = chunkPosition == chunks.count - 1
            let recordCount = isLast ? lastChunkRecordCount : TraceFormat.recordsPerChunk
            guard recordPosition < recordCount else {
                chunkPosition += 1
                recordPosition = 0
                continue
            }
            let wanted = min(recordCount - recordPosition, buffer.count / 4)
            guard read(wanted, at: place(of: recordPosition)) else { return false }
            recordPosition += wanted
            bufferedCount = wanted
            bufferPosition = 0
            return true
        }
        return false
    }

    private mutating func read(_ recordCount: Int, at offset: UInt64) -> Bool {
        let wanted = recordCount * TraceFormat.recordBytes
        let file = file
        return buffer.withUnsafeMutableBytes { bytes in
            do throws(TraceError) {
                let found = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<wanted]), at: offset)
                if found == wanted { return true }
                file.report(
                    changeAt: offset, "expected \(wanted) bytes, found \(found): the file was cut while it was read")
            } catch {
                file.report(changeAt: offset, "\(error)")
            }
            return false
        }
    }

    private mutating func stop() -> Bool {
        let offset = place(of: recordPosition - bufferedCount + bufferPosition)
        file.report(
            changeAt: offset, "expected the record that was there before: the file was changed while it was read")
        chunkPosition = chunks.count
        bufferedCount = 0
        bufferPosition = 0
        return false
    }

    private func place(of record: Int) -> UInt64 {
        TraceStream.offset(ofChunk: chunks[chunkPosition]) + UInt64(record * TraceFormat.recordBytes)
    }
}
