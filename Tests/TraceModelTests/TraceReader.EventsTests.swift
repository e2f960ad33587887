import TestSupport
import Testing

@testable import TraceModel

@Suite struct TraceReaderEventsTests {
    @Test("streams are merged by time, ties by stream and then by place")
    func merged() throws {
        var fixture = TraceFixture()
        fixture.add(
            stream: 4, sequence: 0, thread: 40,
            [.event(.requestStart, at: 10, request: 1), .event(.requestDone, at: 10, request: 2)])
        fixture.add(
            stream: 1, sequence: 0, thread: 10,
            [
                .event(.requestStart, at: 9, request: 3), .event(.requestStart, at: 10, request: 4),
                .event(.requestStart, at: 99, request: 5),
            ])
        fixture.add(stream: 7, sequence: 0, thread: 70, [.event(.requestStart, at: 50, request: 6)])
        try withReader(fixture.bytes) { reader in
            #expect(reader.problems == [])
            #expect(reader.events.map(\.request) == [3, 4, 1, 2, 6, 5])
            #expect(reader.events.map(\.thread) == [10, 10, 40, 40, 70, 10])
        }
    }

    @Test(
        "seeded streams of many chunks come out sorted, each in its own order", arguments: 1...5 as ClosedRange<UInt64>)
    func seeded(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        var fixture = TraceFixture()
        var expected: [[UInt64]] = []
        for stream in 0..<UInt64.random(in: 1...9, using: &random) {
            var time: UInt64 = 0
            expected.append([])
            for sequence in 0..<Int64.random(in: 1...3, using: &random) {
                let records = (0..<2046).map { place in
                    time += UInt64.random(in: 0...50, using: &random)
                    return TraceRecord.event(.requestStart, at: time, request: stream << 32 | UInt64(place))
                }
                expected[Int(stream)] += records.map(\.request)
                let start = records[0].time
                fixture.add(stream: stream, sequence: sequence, thread: Int64(stream), at: start, records)
            }
        }
        try withReader(fixture.bytes) { reader in
            let events = Array(reader.events)
            #expect(reader.problems == [])
            #expect(zip(events, events.dropFirst()).allSatisfy { $0.nanoseconds <= $1.nanoseconds })
            for (stream, requests) in expected.enumerated() {
                #expect(events.filter { $0.thread == UInt32(stream) }.map(\.request) == requests)
            }
            // A few hundred at a time they are the same, also behind some that were taken one by one.
            var walk = reader.events.makeIterator()
            var again = (0..<seed * 100).compactMap { _ in walk.next() }
            while walk.withNextBatch({ again += $0 }) {}
            #expect(again == events)
        }
    }

    @Test("ticks come out as nanoseconds on the line between the calibrations around them, and beyond them")
    func ticks() throws {
        var fixture = TraceFixture()
        fixture.header.clock = .ticks
        fixture.add(
            stream: 0, sequence: 0, thread: 1,
            [
                .calibration(ticks: 1000, nanoseconds: 500), .calibration(ticks: 3000, nanoseconds: 1500),
                .calibration(ticks: 4000, nanoseconds: 2500),
            ])
        fixture.add(
            stream: 1, sequence: 0, thread: 2,
            [500, 1000, 2000, 3500, 4000, 4300].map { .event(.requestStart, at: $0, request: $0) })
        try withReader(fixture.bytes) { reader in
            #expect(reader.problems == [])
            #expect(reader.events.map(\.nanoseconds) == [167, 500, 1000, 2000, 2500, 2700])
        }
    }
}
