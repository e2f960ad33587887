/// A walk through the events of one stream, a buffer of records at a time.
struct StreamCursor {
    let identifier: UInt64
    /// The event it stands on, after ``advance()`` has returned true.
    private(set) var record = TraceRecord(time: 0, request: 0, valueBits: 0, lastWord: 0)

    private let file: TraceFile
    private let chunks: [UInt32]
    private let lastChunkRecordCount: Int
    private var thread: UInt32 = 0
    private var kind = EventKind.requestStart
    /// The chunk being read, as a place in `chunks`, and the next record in it that is not in the buffer yet.
    private var chunkPosition = 0
    private var recordPosition = 0
    private var buffer: [UInt64]
    private var bufferedCount = 0
    private var bufferPosition = 0

    /// - Parameter wordCount: The size of the buffer: a multiple of four.
    init(stream: TraceStream, file: TraceFile, wordCount: Int) {
        identifier = stream.identifier
        self.file = file
        chunks = stream.chunks
        lastChunkRecordCount = stream.lastChunkRecordCount
        buffer = [UInt64](repeating: 0, count: wordCount)
    }

    /// The event it stands on.
    func event(in conversion: TickConversion) -> Event {
        Event(
            nanoseconds: conversion.nanoseconds(at: record.time), kind: kind, request: record.request,
            client: record.client, thread: thread, cpu: record.cpu, value: record.value)
    }

    /// Moves to the next event; false at the end of what can be read.
    mutating func advance() -> Bool {
        while bufferPosition < bufferedCount || fill() {
            let next = buffer.withUnsafeBufferPointer { TraceRecord(words: $0, at: 4 * bufferPosition) }
            bufferPosition += 1
            // The scan has passed this record: it fails now only if the file was changed since.
            guard next.checkFound == TraceFormat.check else { return stop() }
            if let eventKind = EventKind(rawValue: next.kind) {
                guard next.time >= record.time else { return stop() }
                record = next
                kind = eventKind
                return true
            }
            if next.kind == TraceFormat.TechnicalKind.thread.rawValue {
                thread = UInt32(truncatingIfNeeded: next.valueBits)
            }
        }
        return false
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
        let offset = place(of: recordPosition - bufferedCount + bufferPosition - 1)
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
