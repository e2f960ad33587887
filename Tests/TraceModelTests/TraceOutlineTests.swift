import TestSupport
import Testing

@testable import TraceModel

@Suite struct TraceOutlineTests {
    @Test("opening a trace finds what walking through its events finds", arguments: 1...30 as ClosedRange<UInt64>)
    func agreesWithWalk(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        var fixture = TraceFixture()
        for stream in 0..<UInt64.random(in: 1...4, using: &random) {
            var time: UInt64 = 5
            let records = (0..<Int.random(in: 1...60, using: &random)).map { _ in
                // Markers come twice and in both orders, and streams tie.
                time += UInt64.random(in: 0...3, using: &random)
                let kind = EventKind.allCases.randomElement(using: &random) ?? .requestStart
                return TraceRecord.event(kind, at: time, request: random.next())
            }
            fixture.add(stream: stream ^ 2, sequence: 0, thread: 1, records)
        }
        try withReader(fixture.bytes) { reader in
            #expect(reader.problems == [])
            #expect(reader.outline == TraceOutline(of: reader.events))
            #expect(reader.outline?.eventCounts.values.reduce(0, +) == reader.counts.events)
        }
    }

    @Test("it holds what can be read: not what lies behind damage, and nothing where no time is certain")
    func damaged() throws {
        var fixture = TraceFixture()
        fixture.add(
            stream: 0, sequence: 0, thread: 1,
            [
                .event(.requestStart, at: 10, request: 1), .event(.requestDone, at: 5, request: 1),
                .event(.measurementEnd, at: 99, request: 0),
            ])
        try withReader(fixture.bytes) { reader in
            #expect(reader.problems.map(\.kind) == [.timeBackwards, .eventCount])
            #expect(reader.outline == TraceOutline(of: [Event(nanoseconds: 10, kind: .requestStart)]))
        }
        fixture.header.clock = .ticks
        try withReader(fixture.bytes) { reader in #expect(reader.outline == nil) }
    }

    @Test("a trace without events has none")
    func empty() throws {
        #expect(TraceOutline(of: []) == nil)
        try withReader(TraceFixture().bytes) { reader in #expect(reader.outline == nil) }
    }
}
