/// A walk through the records of one stream, a run of events at a time.
///
/// What is no event is dealt with between the runs, so that a step within one is an addition and a comparison.
struct StreamCursor {
    let identifier: UInt64
    /// The OS thread of the events of the run.
    private(set) var thread: UInt32 = 0

    private let file: TraceFile
    private let chunks: [UInt32]
    private let lastChunkRecordCount: Int
    /// The time of the last event of the run.
    private var lastTime: UInt64 = 0
    /// The chunk being read, as a place in `chunks`, and the next record in it that is not in the buffer yet.
    private var chunkPosition = 0
    private var recordPosition = 0
    private let buffer: UnsafeMutableBufferPointer<UInt64>
    private var bufferedCount = 0
    /// The first record behind the run.
    private var bufferPosition = 0

    /// - Parameter buffer: A multiple of four words, which outlive the cursor and are its own.
    init(stream: TraceStream, file: TraceFile, buffer: UnsafeMutableBufferPointer<UInt64>) {
        identifier = stream.identifier
        self.file = file
        chunks = stream.chunks
        lastChunkRecordCount = stream.lastChunkRecordCount
        self.buffer = buffer
    }

    /// The words of the next events that follow each other, at least one, valid until the next call; nil at the end of what can be
    /// read.
    mutating func nextRun() -> UnsafeBufferPointer<UInt64>? {
        while bufferPosition < bufferedCount || fill() {
            let start = bufferPosition
            bufferPosition = endOfRun()
            if bufferPosition > start {
                return UnsafeBufferPointer(rebasing: buffer[(4 * start)..<(4 * bufferPosition)])
            }
            let record = TraceRecord(words: UnsafeBufferPointer(buffer), at: 4 * bufferPosition)
            // The scan has passed this record: it fails now only if the file was changed since.
            guard record.checkFound == TraceFormat.check, EventKind(rawValue: record.kind) == nil else {
                stop()
                return nil
            }
            if record.kind == TraceFormat.TechnicalKind.thread.rawValue {
                thread = UInt32(truncatingIfNeeded: record.valueBits)
            }
            bufferPosition += 1
        }
        return nil
    }

    /// The first record from here on that is no intact event in order.
    private mutating func endOfRun() -> Int {
        var position = bufferPosition
        var latest = lastTime
        let words = UnsafeBufferPointer(buffer)
        EventKind.byRawValue.withUnsafeBufferPointer { kinds in
            while position < bufferedCount {
                let record = TraceRecord(words: words, at: 4 &* position)
                guard record.checkFound == TraceFormat.check, kinds[Int(record.kind)] != nil, record.time >= latest
                else { break }
                latest = record.time
                position &+= 1
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
        let bytes = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<wanted])
        do throws(TraceError) {
            let found = try file.read(into: bytes, at: offset)
            if found == wanted { return true }
            file.report(
                changeAt: offset, "expected \(wanted) bytes, found \(found): the file was cut while it was read")
        } catch {
            file.report(changeAt: offset, "\(error)")
        }
        return false
    }

    private mutating func stop() {
        let offset = place(of: recordPosition - bufferedCount + bufferPosition)
        file.report(
            changeAt: offset, "expected the record that was there before: the file was changed while it was read")
        chunkPosition = chunks.count
        bufferedCount = 0
        bufferPosition = 0
    }

    private func place(of record: Int) -> UInt64 {
        TraceStream.offset(ofChunk: chunks[chunkPosition]) + UInt64(record * TraceFormat.recordBytes)
    }
}
