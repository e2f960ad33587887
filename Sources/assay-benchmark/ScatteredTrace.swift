import Glibc
import TraceModel

// A trace as the recorder of a busy program leaves it, of any length, the same in every run: the events of a run in virtual
// time, at instants that never tie, scattered over the buffers of eight OS threads, in ticks with ten calibrations a second.
// The thread is drawn anew for each event, but for those that a green thread records in one go.

/// A trace of many streams, while it is written.
struct ScatteredTrace {
    static let streamCount = 8
    private static let wordsPerChunk = TraceFormat.chunkBytes / 8
    /// The part of the events that is warm-up.
    private static let warmUpShare = 0.2
    /// What a record costs its thread at least.
    private static let smallestStepNanoseconds: Int64 = 20
    private static let calibrationNanoseconds: Int64 = 100_000_000

    private let path: String
    private let file: UnsafeMutablePointer<FILE>
    /// The chunk that each stream is filling, and how many it has filled.
    private var chunks: [[UInt64]] = Array(repeating: [], count: streamCount)
    private var sequences = [UInt64](repeating: 0, count: streamCount)
    private var chunkCount = 0
    private var eventCount = 0
    private var latest: Int64 = 0
    private var nextCalibration: Int64 = 0
    private var lastEvent = Event(nanoseconds: -1, kind: .measurementStart)
    private var stream = 0
    private var draws: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Simulates, and writes so many events to the path: the last fifths of them in a window between two markers.
    static func write(eventCount: Int, to path: String, _ simulator: Simulator) async throws(BenchmarkFailure) {
        let source = path + ".source"
        unlink(source)
        defer { unlink(source) }
        // The load comes to some 220 000 events a second of virtual time.
        _ = try await simulator.run([
            "--clock", "virtual", "--clients", "1000", "--permits", "1300", "--think-time", "exponential(20ms)",
            "--network-delay", "exponential(5ms)", "--write-delay", "normal(40ms, 10ms)",
            "--measure", "\(eventCount / 180)ms", "--trace", source,
        ])
        let reader: TraceReader
        do throws(TraceError) { reader = try TraceReader(path: source) } catch {
            throw BenchmarkFailure(sentence: "\(error)")
        }
        guard reader.counts.events > eventCount else {
            throw BenchmarkFailure(sentence: "only \(reader.counts.events) of \(eventCount) events were simulated")
        }
        var trace = try ScatteredTrace(path: path)
        let warmUpCount = Int(Double(eventCount) * warmUpShare)
        for event in reader.events where event.kind != .measurementStart && event.kind != .measurementEnd {
            if trace.eventCount == warmUpCount {
                trace.append(.init(nanoseconds: trace.latest, kind: .measurementStart))
            }
            if trace.eventCount == eventCount - 1 { break }
            trace.append(event)
        }
        trace.append(.init(nanoseconds: trace.latest, kind: .measurementEnd))
        trace.calibrate(at: trace.latest + 1000)
        try trace.finish()
    }

    private init(path: String) throws(BenchmarkFailure) {
        guard let file = fopen(path, "w") else {
            throw BenchmarkFailure(sentence: "\(path) cannot be created: \(String(cString: strerror(errno)))")
        }
        self.path = path
        self.file = file
        // The header is written last, over this.
        fseek(file, TraceFormat.headerBytes, SEEK_SET)
    }

    private mutating func append(_ event: Event) {
        latest = max(event.nanoseconds, latest + Self.smallestStepNanoseconds)
        if event.request != lastEvent.request || event.nanoseconds != lastEvent.nanoseconds { drawStream() }
        lastEvent = event
        while latest >= nextCalibration {
            calibrate(at: nextCalibration)
            nextCalibration += Self.calibrationNanoseconds
        }
        put(
            kind: event.kind.rawValue, at: ticks(latest), request: event.request, client: event.client,
            value: UInt64(bitPattern: event.value), in: stream)
        eventCount += 1
    }

    /// A reading of the clock is some nanoseconds off.
    private mutating func calibrate(at nanoseconds: Int64) {
        draw()
        let reading = UInt64(nanoseconds) + 1000 + draws >> 60
        put(kind: TraceFormat.TechnicalKind.calibration.rawValue, at: ticks(nanoseconds), value: reading, in: 0)
    }

    /// 2.5 ticks a nanosecond.
    private func ticks(_ nanoseconds: Int64) -> UInt64 { UInt64(nanoseconds) * 5 / 2 }

    private mutating func draw() {
        draws ^= draws << 13
        draws ^= draws >> 7
        draws ^= draws << 17
    }

    private mutating func drawStream() {
        draw()
        stream = Int(draws % UInt64(Self.streamCount))
    }

    /// Puts a record into the stream's chunk, which it begins if need be.
    private mutating func put(
        kind: UInt8, at ticks: UInt64, request: UInt64 = 0, client: UInt32 = 0, value: UInt64, in stream: Int
    ) {
        if chunks[stream].isEmpty {
            let magic = TraceFormat.chunkMagic.withUTF8Buffer {
                $0.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
            let number = (request: UInt64(stream), place: sequences[stream])
            chunks[stream] += Self.record(
                magic, number.request, number.place, UInt64(TraceFormat.TechnicalKind.chunk.rawValue) << 48)
            chunks[stream] += Self.record(
                ticks, 0, UInt64(4712 + stream), UInt64(TraceFormat.TechnicalKind.thread.rawValue) << 48)
        }
        chunks[stream] += Self.record(ticks, request, value, UInt64(client) | UInt64(stream) << 32 | UInt64(kind) << 48)
        if chunks[stream].count == Self.wordsPerChunk { writeChunk(of: stream) }
    }

    private static func record(_ time: UInt64, _ request: UInt64, _ value: UInt64, _ last: UInt64) -> [UInt64] {
        var check = time ^ request ^ value ^ last
        for shift in [32, 16, 8] as [UInt64] { check ^= check >> shift }
        return [time, request, value, last | (check & 0xFF ^ UInt64(TraceFormat.check)) << 56]
    }

    private mutating func writeChunk(of stream: Int) {
        let missing = Self.wordsPerChunk - chunks[stream].count
        let words = (chunks[stream] + repeatElement(0, count: missing)).map(\.littleEndian)
        fwrite(words, 8, words.count, file)
        chunks[stream].removeAll(keepingCapacity: true)
        sequences[stream] += 1
        chunkCount += 1
    }

    private mutating func finish() throws(BenchmarkFailure) {
        for stream in chunks.indices where !chunks[stream].isEmpty { writeChunk(of: stream) }
        var header = TraceEncoder().header(chunkCount: chunkCount, eventCount: eventCount)
        // The encoder cannot say ticks; the check at byte 71 follows.
        header[24] ^= UInt8(TraceFormat.Clock.ticks.rawValue)
        header[71] ^= UInt8(TraceFormat.Clock.ticks.rawValue)
        rewind(file)
        fwrite(header, 1, header.count, file)
        let failed = ferror(file) != 0
        guard fclose(file) == 0, !failed else {
            throw BenchmarkFailure(sentence: "\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
