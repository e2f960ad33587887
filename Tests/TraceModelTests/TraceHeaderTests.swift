import Testing

@testable import TraceModel

@Suite struct TraceHeaderTests {
    @Test("a damaged header is said, and the events are read")
    func damaged() throws {
        var fixture = TraceFixture()
        fixture.add(stream: 0, sequence: 0, thread: 9, [.event(.requestStart, at: 5, request: 1)])
        var bytes = fixture.bytes
        bytes[TraceFormat.descriptionOffset] = UInt8(ascii: "x")
        try withFile(bytes) { path in
            let reader = try TraceReader(path: path)
            #expect(
                reader.problems.map(\.description) == [
                    "\(path): byte 71: expected the header's bytes to come to 0xa5 by exclusive-or, found 0xa6: "
                        + "trust no field of the header"
                ])
            #expect(reader.events.map(\.request) == [1])
        }
    }

    @Test("a description that is too long or no UTF-8 is a problem")
    func description() throws {
        var bytes = TraceFixture().bytes
        bytes[TraceFormat.descriptionOffset] = 0xFF
        try withReader(bytes) { reader in
            #expect(
                reader.problems.contains { $0.sentence == "expected a description in UTF-8, found bytes that are not" })
        }
        bytes.set(UInt32(4025), at: 64)
        try withReader(bytes) { reader in
            #expect(reader.header.description == "")
            let sentence = "expected a description of at most 4024 bytes, found 4025"
            #expect(reader.problems.contains { $0.byteOffset == 64 && $0.sentence == sentence })
        }
    }

    @Test("an import says that it is one, an older header that it is none, and what is neither is a problem")
    func origin() throws {
        try withReader(TraceEncoder(eventsDropped: 8, origin: .imported).encode([])) { reader in
            #expect(reader.problems == [])
            #expect(reader.header.origin == .imported)
        }
        var bytes = TraceFixture().bytes
        try withReader(bytes) { #expect($0.header.origin == .recorder) }
        bytes.set(UInt16(2), at: 68)
        try withReader(bytes) { reader in
            #expect(reader.header.origin == .recorder)
            #expect(
                reader.problems.contains { $0.byteOffset == 68 && $0.sentence == "expected origin 0 or 1, found 2" })
        }
    }

    @Test("in virtual time a process or a start is a problem")
    func virtual() throws {
        var fixture = TraceFixture()
        fixture.header.clock = .virtual
        try withReader(fixture.bytes) { reader in
            #expect(
                reader.problems.map(\.sentence) == [
                    "expected process 0 in virtual time, found 42",
                    "expected start 0 in virtual time, found 1700000000000000000",
                ])
            #expect(reader.problems.map(\.byteOffset) == [28, 32])
        }
        fixture.header.process = 0
        fixture.header.startNanosecondsSinceEpoch = 0
        try withReader(fixture.bytes) { reader in
            #expect(reader.problems == [])
            #expect(reader.header.clock == .virtual)
        }
    }

    @Test("the longest description fills the page")
    func longest() throws {
        let text = String(repeating: "é", count: TraceFormat.descriptionBytesMaximum / 2)
        try withReader(TraceEncoder(description: text).encode([])) { reader in
            #expect(reader.problems == [])
            #expect(reader.header.description == text)
        }
    }
}
