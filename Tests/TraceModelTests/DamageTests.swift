import Glibc
import TestSupport
import Testing

@testable import TraceModel

/// Whatever happens to a trace, reading it never crashes, never yields an event that was not recorded, and says that
/// something happened.
@Suite struct DamageTests {
    /// Three streams, four chunks, one of them full; a perfect clock of two ticks a nanosecond.
    private static func fixture(clock: TraceFormat.Clock, isClosed: Bool) -> TraceFixture {
        var fixture = TraceFixture()
        fixture.header.clock = clock
        fixture.header.isClosed = isClosed
        if clock == .ticks {
            fixture.add(
                stream: 0, sequence: 0, thread: 8,
                (1...5).map { .calibration(ticks: $0 * 20_000, nanoseconds: Int64($0) * 10_000) })
        }
        let full = (0..<2046).map { place in
            let kind = EventKind.allCases[place % EventKind.allCases.count]
            return TraceRecord.event(kind, at: 10_000 + UInt64(place), request: UInt64(place))
        }
        fixture.add(stream: 1, sequence: 0, thread: 9, at: 10_000, full)
        fixture.add(
            stream: 2, sequence: 0, thread: 10, at: 10_500,
            [.event(.persistStart, at: 10_600, request: 1 << 33), .thread(11, at: 10_700)]
                + (0..<20).map { .event(.persistDone, at: 10_800 + $0, request: 5000 + $0) })
        fixture.add(stream: 1, sequence: 1, thread: 9, at: 13_000, [.event(.requestDone, at: 13_001, request: 6000)])
        return fixture
    }

    /// What must still be true of a damaged trace; a sentence where it is not.
    private static func fault(_ path: String, original: Set<Key>, mustReport: Bool, unfinished: Int = 0) -> String? {
        do throws(TraceError) {
            let reader = try TraceReader(path: path)
            let events = Array(reader.events)
            if let invented = events.first(where: { !original.contains(Key($0)) }) { return "invented \(invented)" }
            if events.count != reader.counts.events { return "\(events.count) events, \(reader.counts.events) counted" }
            let isSilent = reader.problems.isEmpty && reader.counts.unfinishedRecords == unfinished
            if mustReport && isSilent { return "said nothing" }
            return nil
        } catch {
            return nil
        }
    }

    /// An event without a nanosecond's rounding.
    struct Key: Hashable {
        var halfMicrosecond: Int64
        var kind: UInt8
        var request: UInt64
        var fields: [UInt64]

        init(_ event: Event) {
            // The clock is perfect, so damage to a calibration may move a time by its rounding alone.
            halfMicrosecond = event.nanoseconds / 2 * 2
            kind = event.kind.rawValue
            request = event.request
            fields = [UInt64(event.client), UInt64(event.thread), UInt64(event.cpu), UInt64(bitPattern: event.value)]
        }
    }

    @Test("a byte changed at random is found, wherever it is", arguments: 1...16 as ClosedRange<UInt64>)
    func changedByte(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let clock: TraceFormat.Clock = seed % 2 == 0 ? .ticks : .monotonic
        let isClosed = seed % 4 < 2
        let bytes = Self.fixture(clock: clock, isClosed: isClosed).bytes
        let original = try withReader(bytes) { Set($0.events.map(Key.init)) }
        try withFile(bytes) { path in
            let file = open(path, O_WRONLY)
            defer { close(file) }
            for _ in 0..<250 {
                // Half of the changes in the header and the first records, where they hurt.
                let near = [0, offset(chunk: 0), offset(chunk: 2)].randomElement(using: &random)!
                let place =
                    Bool.random(using: &random)
                    ? near + Int.random(in: 0..<800, using: &random) : Int.random(in: 0..<bytes.count, using: &random)
                let change: UInt8 =
                    Bool.random(using: &random)
                    ? 1 << UInt8.random(in: 0..<8, using: &random) : UInt8.random(in: 1...255, using: &random)
                var damaged = bytes[place] ^ change
                #expect(pwrite(file, &damaged, 1, off_t(place)) == 1)
                let isCounter = (40..<56).contains(place) && !isClosed
                let fault = Self.fault(path, original: original, mustReport: !isCounter)
                #expect(fault == nil, "seed \(seed), byte \(place), changed by \(change), closed \(isClosed)")
                var restored = bytes[place]
                #expect(pwrite(file, &restored, 1, off_t(place)) == 1)
            }
        }
    }

    @Test("many bytes changed at random never crash the reader", arguments: 1...200 as ClosedRange<UInt64>)
    func changedBytes(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        var bytes = Self.fixture(clock: seed % 2 == 0 ? .ticks : .monotonic, isClosed: true).bytes
        for _ in 0..<Int.random(in: 1...3000, using: &random) {
            let place = Int.random(in: 24..<bytes.count, using: &random)
            bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
        try withFile(bytes) { path in
            do throws(TraceError) {
                let reader = try TraceReader(path: path)
                #expect(!reader.problems.isEmpty)
                #expect(reader.events.count { _ in true } == reader.counts.events)
            } catch {
                #expect(error.byteOffset != nil)
            }
        }
    }

    @Test("every length that a trace can be cut to is said", arguments: [true, false])
    func everyLength(isClosed: Bool) throws {
        var fixture = TraceFixture()
        fixture.header.isClosed = isClosed
        fixture.add(stream: 1, sequence: 0, thread: 9, (0..<9).map { .event(.requestStart, at: $0, request: $0) })
        let bytes = fixture.bytes
        let original = try withReader(bytes) { Set($0.events.map(Key.init)) }
        try withFile(bytes) { path in
            // Every length of the closed trace; of the other one every length up to the zeros after its last record.
            let lengths = isClosed ? Array(0..<bytes.count) : Array(0..<offset(chunk: 0, record: 12))
            for length in lengths.reversed() {
                #expect(truncate(path, off_t(length)) == 0)
                if let fault = Self.fault(path, original: original, mustReport: true) {
                    Issue.record("cut to \(length) bytes: \(fault)")
                }
            }
        }
    }

    @Test("a chunk that is lost, doubled or moved is found", arguments: ["lost", "doubled", "moved"])
    func chunks(what: String) throws {
        let bytes = Self.fixture(clock: .monotonic, isClosed: true).bytes
        let original = try withReader(bytes) { Set($0.events.map(Key.init)) }
        let header = bytes[..<offset(chunk: 0)]
        let chunks = (0..<3).map { bytes[offset(chunk: $0)..<offset(chunk: $0 + 1)] }
        let order = ["lost": [1, 2], "doubled": [0, 0, 1, 2], "moved": [2, 1, 0]][what]!
        try withFile(Array(header + order.flatMap { chunks[$0] })) { path in
            let fault = Self.fault(path, original: original, mustReport: true)
            #expect(fault == nil)
        }
    }
}
