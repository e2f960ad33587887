import Testing

@testable import TraceModel

/// One trace for each kind of damage; what is before the damage is read.
@Suite struct TraceScanTests {
    /// Two streams; stream 0 has two chunks, the first of them full.
    private static let whole: TraceFixture = {
        var fixture = TraceFixture()
        let full = (0..<2046).map { TraceRecord.event(.requestStart, at: UInt64($0), request: UInt64($0)) }
        fixture.add(stream: 0, sequence: 0, thread: 5, full)
        fixture.add(stream: 1, sequence: 0, thread: 6, [.event(.requestStart, at: 3, request: 9000)])
        fixture.add(stream: 0, sequence: 1, thread: 5, at: 2046, [.event(.requestDone, at: 2046, request: 1)])
        return fixture
    }()

    private func examine(
        _ bytes: [UInt8], events: Int, _ expected: [(TraceProblem.Kind, Int, String)],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try withReader(bytes) { reader in
            let found = reader.problems.map { "\($0.kind) \($0.byteOffset) \($0.sentence)" }
            #expect(found == expected.map { "\($0.0) \($0.1) \($0.2)" }, sourceLocation: sourceLocation)
            #expect(reader.counts.events == events, sourceLocation: sourceLocation)
            #expect(reader.events.count { _ in true } == events, sourceLocation: sourceLocation)
        }
    }

    /// A trace of one stream with these records after the thread record, and the problem it has at the last of them.
    private func examineLast(
        _ records: [TraceRecord], events: Int, _ kind: TraceProblem.Kind, _ sentence: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var fixture = TraceFixture()
        fixture.add(stream: 0, sequence: 0, thread: 5, at: 100, records)
        fixture.header.eventsRecorded = UInt64(events)
        try examine(
            fixture.bytes, events: events, [(kind, offset(chunk: 0, record: records.count + 1), sentence)],
            sourceLocation: sourceLocation)
    }

    @Test("a whole trace has no problem")
    func whole() throws { try examine(Self.whole.bytes, events: 2048, []) }

    @Test("a damaged record ends its stream and no other")
    func damagedRecord() throws {
        var bytes = Self.whole.bytes
        bytes[offset(chunk: 0, record: 12)] ^= 0x10
        try examine(
            bytes, events: 11,
            [
                (
                    .damagedRecord, offset(chunk: 0, record: 12),
                    "expected a record, found 32 bytes that come to 0xb5 by exclusive-or instead of 0xa5"
                ),
                (.eventCount, 56, "expected the 2048 events that the recorder counted, found 11"),
            ])
    }

    @Test("what is not read is counted")
    func unread() throws {
        var bytes = Self.whole.bytes
        bytes[offset(chunk: 0, record: 12)] ^= 0x10
        try withReader(bytes) { #expect($0.counts.unreadRecords == 2048 - 12 + 3) }
    }

    @Test("a damaged chunk header leaves a gap in its stream")
    func damagedChunk() throws {
        var bytes = Self.whole.bytes
        bytes[offset(chunk: 0) + 9] ^= 1
        try examine(
            bytes, events: 1,
            [
                (
                    .damagedChunk, offset(chunk: 0),
                    "expected a chunk header, found 32 bytes that come to 0xa4 by exclusive-or instead of 0xa5"
                ),
                (.chunkOutOfSequence, offset(chunk: 2), "expected chunk 0 of stream 0, found chunk 1"),
                (.eventCount, 56, "expected the 2048 events that the recorder counted, found 1"),
            ])
    }

    @Test("a chunk that ends early though its stream goes on is a hole")
    func holeBeforeChunk() throws {
        var fixture = TraceFixture()
        fixture.add(stream: 0, sequence: 0, thread: 5, [.event(.requestStart, at: 1, request: 1)])
        fixture.add(stream: 0, sequence: 1, thread: 5, at: 2, [])
        let next = offset(chunk: 1)
        try examine(
            fixture.bytes, events: 1,
            [
                (
                    .hole, offset(chunk: 0, record: 3),
                    "expected a record, found zeros, though the stream's next chunk is at byte \(next)"
                )
            ])
    }

    @Test("zeros before further records are a hole")
    func holeInChunk() throws {
        var fixture = TraceFixture()
        let zero = TraceRecord(time: 0, request: 0, valueBits: 0, lastWord: 0)
        let event = TraceRecord.event(.requestStart, at: 1, request: 1)
        fixture.add(stream: 0, sequence: 0, thread: 5, [event, zero, event])
        fixture.header.eventsRecorded = 1
        try examine(
            fixture.bytes, events: 1,
            [(.hole, offset(chunk: 0, record: 3), "expected a record, found zeros, though records follow")])
    }

    @Test("an intact record that cannot be true ends its stream")
    func impossible() throws {
        let event = TraceRecord.event(.requestStart, at: 200, request: 1)
        let unknown = TraceRecord(time: 300, kind: 99)
        try examineLast(
            [event, unknown], events: 1, .unknownKind, "expected an event, a thread or a calibration, found kind 99")
        try examineLast(
            [event, .chunk(stream: 0, sequence: 1)], events: 1, .unknownKind,
            "expected an event, a thread or a calibration, found kind 34")
        try examineLast(
            [event, .event(.requestDone, at: 199, request: 1)], events: 1, .timeBackwards,
            "expected a time from 200 on, found 199")
        try examineLast(
            [event, .event(.requestDone, at: 1 << 63, request: 1)], events: 1, .impossibleValue,
            "expected a time up to 9223372036854775807, found 9223372036854775808")
        try examineLast(
            [event, .thread(-1, at: 300)], events: 1, .impossibleValue,
            "expected a thread from 0 to 4294967295, found -1")
        try examineLast(
            [event, .calibration(ticks: 300, nanoseconds: -4)], events: 1, .impossibleValue,
            "expected a calibration from 0 ns on, found -4")
        try examineLast(
            [event, TraceRecord(time: 5, request: 0, valueBits: 0, lastWord: 0)], events: 1, .damagedRecord,
            "expected a record or zeros, found an unfinished record")
    }

    @Test("a chunk without a thread record gives no events")
    func noThread() throws {
        var fixture = TraceFixture()
        fixture.addBare([.chunk(stream: 0, sequence: 0), .event(.requestStart, at: 1, request: 1)])
        fixture.header.eventsRecorded = 0
        let sentence = "expected a thread record at the start of the chunk, found kind 1"
        try examine(fixture.bytes, events: 0, [(.unknownKind, offset(chunk: 0, record: 1), sentence)])
    }

    @Test("a file that is too short or too long says where")
    func size() throws {
        let bytes = Self.whole.bytes
        let end = bytes.count
        let missing = (
            TraceProblem.Kind.truncated, end - 40,
            "expected 3 chunks, found the end of the file; copy the whole file again"
        )
        try examine(bytes.dropLast(40), events: 2048, [missing])
        try examine(bytes + [1, 2], events: 2048, [(.excess, end, "expected the file to end, found 2 bytes more")])
    }

    @Test("without two calibrations no tick can be converted")
    func calibration() throws {
        var fixture = TraceFixture()
        fixture.header.clock = .ticks
        let event = TraceRecord.event(.requestStart, at: 200, request: 1)
        fixture.add(stream: 0, sequence: 0, thread: 5, [.calibration(ticks: 1, nanoseconds: 1), event])
        let count = (TraceProblem.Kind.eventCount, 56, "expected the 1 events that the recorder counted, found 0")
        let sentence = "found 1: no time is certain, so 1 events are not read"
        try examine(
            fixture.bytes, events: 0,
            [(.calibration, 24, "expected two or more calibrations that rise together, \(sentence)"), count])
        fixture.header.clock = .monotonic
        try examine(
            fixture.bytes, events: 0,
            [(.calibration, 24, "expected no calibration beside times in nanoseconds, \(sentence)"), count])
    }

    @Test("calibrations behind damage still convert")
    func calibrationBehindDamage() throws {
        var fixture = TraceFixture()
        fixture.header.clock = .ticks
        fixture.add(
            stream: 0, sequence: 0, thread: 5,
            [
                .calibration(ticks: 100, nanoseconds: 1000), .calibration(ticks: 200, nanoseconds: 2000),
                .calibration(ticks: 300, nanoseconds: 3000),
            ])
        fixture.add(stream: 1, sequence: 0, thread: 6, [.event(.requestStart, at: 150, request: 1)])
        var bytes = fixture.bytes
        bytes[offset(chunk: 0, record: 2)] ^= 1
        try withReader(bytes) { reader in
            #expect(reader.problems.map(\.kind) == [.damagedRecord])
            #expect(reader.events.map(\.nanoseconds) == [1500])
        }
    }

    @Test("no more than a hundred problems are listed, the rest are counted")
    func bounded() throws {
        var fixture = TraceFixture()
        for _ in 0..<130 { fixture.addBare([.event(.requestStart, at: 1, request: 1)]) }
        fixture.header.eventsRecorded = 0
        try withReader(fixture.bytes) { reader in
            #expect(reader.problems.count == 100)
            #expect(reader.unlistedProblemCount == 30)
        }
    }
}
