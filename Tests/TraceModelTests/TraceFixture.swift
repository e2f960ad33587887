import Foundation

@testable import TraceModel

/// Traces for the tests, laid out record by record, so that they can be wrong on purpose.
struct TraceFixture {
    var header = TraceHeader(
        clock: .monotonic, process: 42, startNanosecondsSinceEpoch: 1_700_000_000_000_000_000, chunksClaimed: 0,
        eventsDropped: 0, eventsRecorded: nil, description: #"{"clients":3}"#, isClosed: true)
    private(set) var chunks: [[TraceRecord]] = []

    /// Adds a chunk with its header and a thread record before the given records.
    mutating func add(
        stream: UInt64, sequence: Int64, thread: Int64, at time: UInt64 = 0, _ records: [TraceRecord]
    ) {
        addBare([.chunk(stream: stream, sequence: sequence), .thread(thread, at: time)] + records)
    }

    /// Adds a chunk of just these records.
    mutating func addBare(_ records: [TraceRecord]) { chunks.append(records) }

    /// The file's bytes, with the counts of a recorder that did its work.
    var bytes: [UInt8] {
        var header = header
        header.chunksClaimed = UInt64(chunks.count)
        let events = chunks.joined().count { EventKind(rawValue: $0.kind) != nil }
        header.eventsRecorded = header.eventsRecorded ?? UInt64(events)
        return header.encoded()
            + chunks.flatMap { records in
                let used = records.flatMap(\.bytes)
                return used + [UInt8](repeating: 0, count: TraceFormat.chunkBytes - used.count)
            }
    }
}

extension TraceRecord {
    static func chunk(stream: UInt64, sequence: Int64) -> TraceRecord {
        TraceRecord(time: TraceFormat.chunkMagicWord, kind: 34, request: stream, value: sequence)
    }

    static func thread(_ thread: Int64, at time: UInt64) -> TraceRecord {
        TraceRecord(time: time, kind: 32, value: thread)
    }

    static func calibration(ticks: UInt64, nanoseconds: Int64) -> TraceRecord {
        TraceRecord(time: ticks, kind: 33, value: nanoseconds)
    }

    static func event(_ kind: EventKind, at time: UInt64, request: UInt64) -> TraceRecord {
        TraceRecord(time: time, kind: kind.rawValue, request: request, client: 1, cpu: 1, value: 5)
    }

    var bytes: [UInt8] {
        [time, request, valueBits, lastWord].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
        }
    }
}

/// Where record `position` of chunk `chunk` begins in the file.
func offset(chunk: Int, record position: Int = 0) -> Int {
    TraceFormat.headerBytes + chunk * TraceFormat.chunkBytes + position * TraceFormat.recordBytes
}

/// Runs the body with a file of these bytes, and removes the file.
func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
    let path = NSTemporaryDirectory() + "trace-model-\(UUID().uuidString).trace"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { unlink(path) }
    return try body(path)
}

/// Opens a trace of these bytes.
func withReader<Result>(_ bytes: [UInt8], _ body: (TraceReader) throws -> Result) throws -> Result {
    try withFile(bytes) { path in try body(try TraceReader(path: path)) }
}
