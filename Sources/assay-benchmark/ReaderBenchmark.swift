import CProbes
import Glibc
import Quantities
import TraceModel

// What reading a trace costs an event: the examination at opening, and the walk in order of time, over few and many
// streams. The trace is in the page cache.

func runReaderBenchmark() throws(BenchmarkFailure) -> [BenchmarkResult] {
    print("## Trace reader: nanoseconds an event")
    print("")
    print("| streams | opening | walking in order |")
    print("|--:|--:|--:|")
    for streamCount in [1, 8, 1000] {
        let path = temporaryPath()
        defer { unlink(path) }
        let (opening, walking) = try measureReading(path: path, streamCount: streamCount)
        print("| \(streamCount) | \(opening.fixed(1)) | \(walking.fixed(1)) |")
    }
    print("")
    print("1 000 000 events or a chunk a stream, whichever is more; the best of 5.")
    return []
}

private func measureReading(
    path: String, streamCount: Int
) throws(BenchmarkFailure) -> (opening: Double, walking: Double) {
    try write(path: path, streamCount: streamCount)
    var opening = Double.infinity
    var walking = Double.infinity
    for _ in 0..<5 {
        do throws(TraceError) {
            let start = isim_clock_monotonic_nanoseconds()
            let reader = try TraceReader(path: path)
            let opened = isim_clock_monotonic_nanoseconds()
            var count = 0
            for event in reader.events where event.kind == .requestStart { count += 1 }
            let walked = isim_clock_monotonic_nanoseconds()
            precondition(
                count == reader.counts.events && reader.problems.isEmpty, "\(count) events, \(reader.problems)")
            opening = min(opening, Double(opened - start) / Double(count))
            walking = min(walking, Double(walked - opened) / Double(count))
        } catch {
            throw BenchmarkFailure(sentence: "\(error)")
        }
    }
    return (opening, walking)
}

/// Writes a trace whose streams take turns, event by event, by changing the stream numbers of encoded single streams.
private func write(path: String, streamCount: Int) throws(BenchmarkFailure) {
    let eventsPerStream = max(1_000_000 / streamCount, 2046)
    var chunks: [UInt8] = []
    for stream in 0..<streamCount {
        let events = (0..<eventsPerStream).map {
            Event(nanoseconds: Int64($0 * streamCount + stream), kind: .requestStart, request: UInt64($0))
        }
        var bytes = Array(TraceEncoder().encode(events).dropFirst(TraceFormat.headerBytes))
        for chunk in stride(from: 0, to: bytes.count, by: TraceFormat.chunkBytes) {
            // The stream's number is the request of the chunk header; the check follows it.
            for (index, byte) in [UInt8(stream & 0xFF), UInt8(stream >> 8)].enumerated() {
                bytes[chunk + 8 + index] ^= byte
                bytes[chunk + 31] ^= byte
            }
        }
        chunks += bytes
    }
    let header = TraceEncoder().header(
        chunkCount: chunks.count / TraceFormat.chunkBytes, eventCount: streamCount * eventsPerStream)
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(file) }
    for part in [header, chunks] {
        guard write(file, part, part.count) == part.count else {
            throw BenchmarkFailure(sentence: "\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
