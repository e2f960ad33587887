import Foundation
import Testing

@testable import TraceModel

@Suite struct TraceReaderTests {
    private func message(_ bytes: [UInt8]) throws -> String {
        try withFile(bytes) { path in
            let error = #expect(throws: TraceError.self) { try TraceReader(path: path) }
            return String(describing: try #require(error)).replacing(path, with: "run.trace")
        }
    }

    @Test("a file that is no trace is refused with its first bytes")
    func notATrace() throws {
        #expect(
            try message(Array("hello, world".utf8))
                == "run.trace: byte 0: expected the bytes 'assaytrc', found 'hello, w'; this is not a trace")
        #expect(
            try message([UInt8](repeating: 0, count: 9000))
                == "run.trace: byte 0: expected the bytes 'assaytrc', found zeros; this is not a trace")
        #expect(
            try message([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0])
                == "run.trace: byte 0: expected the bytes 'assaytrc', found 7f 45 4c 46 02 01 01 00; "
                + "this is not a trace"
        )
    }

    @Test("a file shorter than a header is refused with its size")
    func tooShort() throws {
        let sentence = "the program ended before it recorded anything, or the copy is incomplete"
        #expect(try message([]) == "run.trace: byte 0: expected a header of 4096 bytes, found 0; \(sentence)")
        #expect(
            try message(Array("assaytrc".utf8))
                == "run.trace: byte 8: expected a header of 4096 bytes, found 8; \(sentence)")
    }

    @Test(
        "a field that shapes the file must be known",
        arguments: [
            (8, "version 1 to 2, found 3"), (12, "header size 4096, found 3"), (16, "record size 32, found 3"),
            (20, "chunk size 65536, found 3"), (24, "clock 0 to 2, found 3"),
        ])
    func unsupported(offset: Int, sentence: String) throws {
        var bytes = TraceFixture().bytes
        bytes.set(UInt32(3), at: offset)
        #expect(
            try message(bytes)
                == "run.trace: byte \(offset): expected \(sentence); "
                + "read it with a harness of the release that wrote it, or newer")
    }

    @Test("a trace of version 1 is read, and has no virtual time")
    func versionOne() throws {
        var fixture = TraceFixture()
        fixture.header.version = 1
        fixture.add(stream: 0, sequence: 0, thread: 9, [.event(.requestStart, at: 5, request: 1)])
        try withReader(fixture.bytes) { reader in
            #expect(reader.problems == [])
            #expect(reader.header.version == 1)
            #expect(reader.events.map(\.request) == [1])
        }
        fixture.header.clock = .virtual
        #expect(
            try message(fixture.bytes)
                == "run.trace: byte 24: expected clock 0 or 1, found 2; "
                + "read it with a harness of the release that wrote it, or newer")
    }

    @Test("a trace in virtual time that was not closed names no process")
    func notClosedVirtually() throws {
        let ending = TraceEnding.notClosed(process: 0)
        #expect(ending.description == "not closed: its program was killed while it recorded, or still records")
    }

    @Test("a missing file, a directory and a device are refused")
    func notAFile() {
        let expected = [
            "/nonexistent/run.trace":
                "/nonexistent/run.trace: cannot be opened: No such file or directory; "
                + "check the path and its permissions",
            "/tmp": "/tmp: is not a regular file; name a trace file",
            "/dev/zero": "/dev/zero: is not a regular file; name a trace file",
        ]
        for (path, sentence) in expected {
            let error = #expect(throws: TraceError.self) { try TraceReader(path: path) }
            #expect(error?.description == sentence)
        }
    }

    @Test("a trace that was not closed says so, and that is no damage")
    func notClosed() throws {
        var fixture = TraceFixture()
        fixture.header.isClosed = false
        fixture.add(stream: 0, sequence: 0, thread: 9, [.event(.requestStart, at: 5, request: 1)])
        fixture.addBare([])
        try withReader(fixture.bytes) { reader in
            #expect(reader.problems == [])
            #expect(reader.ending == .notClosed(process: 42))
            #expect(
                reader.ending.description == "not closed: process 42 was killed while it recorded, or still records")
            #expect(reader.header.eventsRecorded == nil)
            #expect(reader.counts.events == 1)
        }
    }

    @Test("a record that its writer was killed in is counted, and is neither event nor damage")
    func unfinished() throws {
        var fixture = TraceFixture()
        fixture.header.isClosed = false
        let whole = TraceRecord.event(.requestStart, at: 5, request: 1)
        fixture.add(
            stream: 0, sequence: 0, thread: 9,
            [whole, TraceRecord(time: 6, request: 2, valueBits: 0, lastWord: 0)])
        try withReader(fixture.bytes) { reader in
            #expect(reader.problems == [])
            #expect(reader.counts.unfinishedRecords == 1)
            #expect(reader.events.map(\.request) == [1])
        }
    }

    @Test("a file that is cut while it is read ends the events and is a problem")
    func cutWhileRead() throws {
        let events = (0..<4000).map { Event(nanoseconds: Int64($0), kind: .requestStart, request: UInt64($0)) }
        try withFile(TraceEncoder().encode(events)) { path in
            let reader = try TraceReader(path: path)
            #expect(truncate(path, off_t(offset(chunk: 1))) == 0)
            #expect(reader.events.map(\.request) == events.prefix(2046).map(\.request))
            #expect(reader.problems.map(\.kind) == [.changedWhileReading])
        }
    }

    @Test("a file that is changed while it is read ends the events and is a problem")
    func changedWhileRead() throws {
        let events = (0..<4000).map { Event(nanoseconds: Int64($0), kind: .requestStart, request: UInt64($0)) }
        try withFile(TraceEncoder().encode(events)) { path in
            let reader = try TraceReader(path: path)
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try handle.seek(toOffset: UInt64(offset(chunk: 0, record: 102)))
            try handle.write(contentsOf: Data([99]))
            try handle.close()
            #expect(reader.events.count { _ in true } == 100)
            #expect(
                reader.problems.map(\.description) == [
                    "\(path): byte \(offset(chunk: 0, record: 102)): expected the record that was there before: "
                        + "the file was changed while it was read"
                ])
        }
    }
}
