import CProbes
import Foundation
import Recording
import Synchronization
import Testing
import TraceModel

/// A clock that the test sets. Only ever used by one thread at a time.
private final class TestTime: VirtualTimeSource {
    private let now = TestTime.Cell()

    /// The value apart from the class, which must be sendable.
    private final class Cell: @unchecked Sendable {
        // One thread at a time reads and writes it: a test's threads wait for one another.
        var nanoseconds: UInt64 = 0
    }

    var virtualNanoseconds: UInt64 { now.nanoseconds }

    func advance(to nanoseconds: UInt64) { now.nanoseconds = nanoseconds }
}

/// Recording in virtual time: part of the one suite that records, because a process has one recorder at a time.
extension RecorderTests {
    /// Events of every kind over several chunks, many of them at one instant.
    private static func events(_ count: Int) -> [Event] {
        (0..<count).map { index in
            Event(
                nanoseconds: Int64(index / 5) * 7, kind: EventKind.allCases[index % EventKind.allCases.count],
                request: UInt64(index) << 20, client: UInt32(index % 1000), value: Int64(index % 13))
        }
    }

    private func record(
        _ events: [Event], into path: String, description: String = #"{"seed":1}"#
    ) throws -> RecorderReport {
        let time = TestTime()
        let recorder = try VirtualRecorder(path: path, description: description, time: time)
        for event in events {
            time.advance(to: UInt64(event.nanoseconds))
            recorder.record(event.kind, request: event.request, client: event.client, value: event.value)
        }
        return recorder.finish()
    }

    @Test("in virtual time what is recorded is read back at its own time, on thread 0 and CPU 0")
    func virtualReadBack() throws {
        let path = folder.file("virtual.trace")
        let events = Self.events(5000)
        let report = try record(events, into: path)
        #expect(report.warnings == [])
        #expect(report.eventsRecorded == 5000)
        let reader = try TraceReader(path: path)
        #expect(reader.problems == [])
        #expect(reader.ending == .closed)
        #expect(reader.header.clock == .virtual)
        #expect(reader.header.process == 0)
        #expect(reader.header.startNanosecondsSinceEpoch == 0)
        #expect(reader.header.eventsRecorded == 5000)
        #expect(reader.counts.streams == 1)
        #expect(Array(reader.events) == events)
    }

    @Test(
        "the same events give the same bytes, those of the format and of nothing else",
        arguments: [0, 1, 2046, 2047, 100_000])
    func virtualBytes(count: Int) throws {
        let events = Self.events(count)
        let expected = TraceEncoder(description: #"{"seed":1}"#, clock: .virtual).encode(events)
        for name in ["first.trace", "second.trace"] {
            _ = try record(events, into: folder.file(name))
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file(name)))
            #expect(bytes.elementsEqual(expected))
        }
    }

    @Test("the bytes do not depend on what was recorded before, nor on the threads that record in turn")
    func virtualBytesElsewhere() throws {
        let events = Self.events(6000)
        _ = try record(events, into: folder.file("plain.trace"))
        let wall = try Recorder(path: folder.file("wall.trace"))
        onThreads(2) { wall.record(.requestStart, request: 1, client: UInt32($0), value: 0) }
        #expect(wall.finish().eventsRecorded == 2)
        let time = TestTime()
        let recorder = try VirtualRecorder(
            path: folder.file("threads.trace"), description: #"{"seed":1}"#, time: time)
        for part in 0..<3 {
            onThreadThatEnds {
                for event in events[(2000 * part)..<(2000 * (part + 1))] {
                    time.advance(to: UInt64(event.nanoseconds))
                    recorder.record(event.kind, request: event.request, client: event.client, value: event.value)
                }
            }
        }
        #expect(recorder.finish().eventsRecorded == 6000)
        let files = try ["plain.trace", "threads.trace"].map {
            try Data(contentsOf: URL(fileURLWithPath: folder.file($0)))
        }
        #expect(files[0] == files[1])
    }

    @Test("at full speed no event is lost, however many chunks it takes")
    func virtualFullSpeed() throws {
        let path = folder.file("fast.trace")
        let time = TestTime()
        let recorder = try VirtualRecorder(path: path, time: time)
        for request in 0..<1_000_000 as Range<UInt64> {
            recorder.record(.requestStart, request: request, client: 0, value: 0)
        }
        #expect(recorder.eventsDropped == 0)
        let report = recorder.finish()
        #expect(report.eventsRecorded == 1_000_000)
        #expect(report.eventsDropped == 0)
        let reader = try TraceReader(path: path)
        #expect(reader.problems == [])
        var next: UInt64 = 0
        for event in reader.events where event.request == next { next += 1 }
        #expect(next == 1_000_000)
    }

    @Test("finishing from another thread keeps whole events only, and counts them right", arguments: 1...6)
    func virtualFinishedUnderLoad(round: Int) throws {
        let path = folder.file("run.trace")
        let recorder = try VirtualRecorder(path: path, time: TestTime())
        let begun = Atomic(false)
        let mustStop = Atomic(false)
        let report = Mutex<RecorderReport?>(nil)
        onThreads(2) { index in
            if index == 1 {
                while !begun.load(ordering: .acquiring) { sched_yield() }
                report.withLock { $0 = recorder.finish() }
                mustStop.store(true, ordering: .releasing)
                return
            }
            var request: UInt64 = 0
            while !mustStop.load(ordering: .acquiring) {
                recorder.record(.requestStart, request: request, client: 0, value: 0)
                request += 1
                if request == 3000 { begun.store(true, ordering: .releasing) }
            }
        }
        let recorded = try #require(report.withLock { $0 }).eventsRecorded
        #expect(recorded >= 3000)
        let reader = try TraceReader(path: path)
        #expect(reader.problems == [])
        #expect(UInt64(reader.counts.events) == recorded)
        var next: UInt64 = 0
        for event in reader.events where event.request == next { next += 1 }
        #expect(next == recorded)
    }

    @Test("the maximum size is kept in virtual time too, and what does not fit is counted")
    func virtualMaximum() throws {
        let recorder = try VirtualRecorder(
            path: folder.file("small.trace"), maximumBytes: Recorder.maximumBytesLowest, time: TestTime())
        for _ in 0..<5000 { recorder.record(.requestStart, request: 1, client: 0, value: 0) }
        #expect(recorder.eventsDropped == 5000 - 2 * 2046)
        let report = recorder.finish()
        #expect(report.eventsRecorded == 2 * 2046)
        #expect(report.eventsDropped == 5000 - 2 * 2046)
        #expect(report.warnings.count == 1)
        #expect(recorder.finish() == report)
    }

    @Test("neither kind of recorder takes the other's events, and a process has one of them")
    func kindsApart() throws {
        let time = TestTime()
        let virtual = try VirtualRecorder(path: folder.file("virtual.trace"), time: time)
        let error = #expect(throws: RecorderError.self) { try Recorder(path: folder.file("wall.trace")) }
        #expect(error?.reason == .alreadyRecording)
        isim_record(1, 77, 0, 0)
        virtual.record(.requestStart, request: 1, client: 0, value: 0)
        #expect(virtual.finish().eventsRecorded == 1)
        virtual.record(.requestStart, request: 2, client: 0, value: 0)
        #expect(try TraceReader(path: virtual.path).events.map(\.request) == [1])

        let wall = try Recorder(path: folder.file("wall.trace"))
        isim_record_at(5, 1, 88, 0, 0)
        wall.record(.requestStart, request: 3, client: 0, value: 0)
        #expect(wall.finish().eventsRecorded == 1)
        #expect(try TraceReader(path: wall.path).events.map(\.request) == [3])
    }
}
