import Testing
import TraceModel

@Suite struct TraceEncoderTests {
    @Test(
        "what is encoded is read back, over several chunks and changes of thread", arguments: [0, 1, 2046, 2047, 5000])
    func roundTrip(count: Int) throws {
        let events = (0..<count).map { index in
            Event(
                nanoseconds: Int64(index / 3), kind: EventKind.allCases[index % EventKind.allCases.count],
                request: UInt64(index) << 40, client: UInt32(index), thread: UInt32(index / 700),
                cpu: UInt16(index % 65_536),
                value: Int64(index % EventKind.allCases.count == 7 ? index : -index))
        }
        let encoder = TraceEncoder(description: #"{"naïve":1}"#, process: 7, startNanosecondsSinceEpoch: -5)
        try withReader(encoder.encode(events)) { reader in
            #expect(reader.problems == [])
            #expect(reader.ending == .closed)
            #expect(reader.counts.events == count)
            #expect(Array(reader.events) == events)
            #expect(reader.header.description == #"{"naïve":1}"#)
            #expect(reader.header.process == 7)
            #expect(reader.header.startNanosecondsSinceEpoch == -5)
            #expect(reader.header.eventsRecorded == UInt64(count))
        }
    }

    @Test("in virtual time only the events and the description are in the bytes")
    func virtual() throws {
        let events = (0..<3000).map { Event(nanoseconds: $0, kind: .requestDue, request: UInt64($0), value: $0) }
        let bytes = TraceEncoder(description: "{}", clock: .virtual).encode(events)
        try withReader(bytes) { reader in
            #expect(reader.problems == [])
            #expect(reader.header.clock == .virtual)
            #expect(reader.header.process == 0)
            #expect(Array(reader.events) == events)
            #expect(reader.events.allSatisfy { $0.dueNanoseconds == 0 })
        }
    }

    @Test("the extremes of every field survive")
    func extremes() throws {
        let events = [
            Event(nanoseconds: 0, kind: .requestStart, value: .min),
            Event(
                nanoseconds: .max, kind: .measurementEnd, request: .max, client: .max, thread: .max, cpu: .max,
                value: .max),
        ]
        try withReader(TraceEncoder().encode(events)) { #expect(Array($0.events) == events) }
    }
}
