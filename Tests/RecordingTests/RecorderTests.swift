import CProbes
import Foundation
import Recording
import Synchronization
import Testing
import TraceModel

/// All suites that record are in this one, because a process has one recorder at a time.
@Suite(.serialized) struct RecorderTests {
    let folder: TraceFolder

    init() throws { folder = try TraceFolder() }

    @Test(
        "what is recorded is read back, stamped with time, thread and CPU",
        arguments: [Recorder.Clock.fastest, .monotonic])
    func readBack(clock: Recorder.Clock) throws {
        let path = folder.file("run.trace")
        let wallBefore = Int64(Date().timeIntervalSince1970 * 1e9) - 1_000_000_000
        let recorder = try Recorder(path: path, description: #"{"clients":1}"#, clock: clock)
        var bounds = [Int64(isim_clock_monotonic_nanoseconds())]
        for (index, kind) in EventKind.allCases.enumerated() {
            recorder.record(kind, request: UInt64(index) + 1, client: UInt32(index), value: Int64(index))
            bounds.append(Int64(isim_clock_monotonic_nanoseconds()))
        }
        let report = recorder.finish()
        #expect(report.warnings == [])
        #expect(report.eventsRecorded == 10)
        #expect(report.fileBytes == UInt64(try FileManager.default.attributesOfItem(atPath: path)[.size] as! Int))

        let reader = try TraceReader(path: path)
        #expect(reader.problems == [])
        #expect(reader.ending == .closed)
        #expect(reader.header.description == #"{"clients":1}"#)
        #expect(reader.header.process == UInt32(getpid()))
        #expect(reader.header.startNanosecondsSinceEpoch > wallBefore)
        #expect(reader.header.eventsDropped == 0)
        if clock == .monotonic { #expect(reader.header.clock == .monotonic) }
        let events = Array(reader.events)
        #expect(events.map(\.kind) == EventKind.allCases)
        #expect(events.map(\.request) == Array(1...10))
        #expect(events.map(\.client) == Array(0...9))
        #expect(events.map(\.value) == Array(0...9))
        #expect(events.allSatisfy { $0.thread == currentThread() })
        #expect(events.allSatisfy { $0.cpu < UInt16(ProcessInfo.processInfo.processorCount) })
        // Both clocks read within half a microsecond of each other, and ticks convert as closely.
        for (index, event) in events.enumerated() {
            #expect(event.nanoseconds >= bounds[index] - 1000)
            #expect(event.nanoseconds <= bounds[index + 1] + 1000)
        }
    }

    @Test("eight threads at once lose nothing, keep their order, and carry their own identifiers")
    func manyThreads() throws {
        let path = folder.file("run.trace")
        let recorder = try Recorder(path: path)
        let threads = Mutex<[UInt32]>([UInt32](repeating: 0, count: 8))
        let eventCount: UInt64 = 100_000
        onThreads(8) { index in
            threads.withLock { $0[index] = currentThread() }
            for request in 0..<eventCount {
                recorder.record(.requestStart, request: request, client: UInt32(index), value: 0)
            }
        }
        let report = recorder.finish()
        #expect(report.eventsRecorded == 8 * eventCount)
        #expect(report.eventsDropped == 0)
        let reader = try TraceReader(path: path)
        #expect(reader.problems == [])
        #expect(reader.counts.events == Int(8 * eventCount))
        #expect(reader.counts.chunks > 8 * 48)
        let expected = threads.withLock { $0 }
        var next = [UInt64](repeating: 0, count: 8)
        var latest: Int64 = .min
        var faults = 0
        for event in reader.events {
            let client = Int(event.client)
            let isRight =
                event.request == next[client] && event.thread == expected[client] && event.nanoseconds >= latest
            if !isRight { faults += 1 }
            next[client] += 1
            latest = event.nanoseconds
        }
        #expect(faults == 0)
        #expect(next == [UInt64](repeating: eventCount, count: 8))
    }

    @Test("two thousand short threads share few chunks, and each keeps its identifier")
    func shortThreads() throws {
        let path = folder.file("run.trace")
        let recorder = try Recorder(path: path)
        let threads = Mutex<[UInt32]>([])
        for index in 0..<2000 {
            onThreadThatEnds {
                threads.withLock { $0.append(currentThread()) }
                recorder.record(.persistDone, request: UInt64(index), client: 0, value: 0)
            }
        }
        #expect(recorder.finish().eventsRecorded == 2000)
        let reader = try TraceReader(path: path)
        #expect(reader.problems == [])
        // Two records for each thread, so two chunks and a bit; one more for the calibrations.
        #expect(reader.counts.chunks <= 4)
        #expect(reader.events.map(\.request) == Array(0..<2000))
        #expect(reader.events.map(\.thread) == threads.withLock { $0 })
    }

    @Test("fifty recordings one after the other, through the same threads, are each whole")
    func repeated() throws {
        for round in 0..<50 as Range<UInt64> {
            let path = folder.file("\(round).trace")
            let recorder = try Recorder(path: path, clock: round % 2 == 0 ? .fastest : .monotonic)
            for request in 0..<100 { recorder.record(.requestStart, request: UInt64(request), client: 0, value: 0) }
            onThreads(2) { recorder.record(.requestDone, request: round, client: UInt32($0), value: 0) }
            #expect(recorder.finish().eventsRecorded == 102)
            let reader = try TraceReader(path: path)
            #expect(reader.problems == [])
            #expect(reader.counts.events == 102)
            #expect(reader.events.filter { $0.kind == .requestDone }.map(\.request) == [round, round])
        }
    }

    @Test("finishing while threads record keeps whole events only, and counts them right", arguments: 1...6)
    func finishedUnderLoad(round: Int) throws {
        let path = folder.file("run.trace")
        let recorder = try Recorder(path: path)
        let mustStop = Atomic(false)
        let begun = Atomic(0)
        let report = Mutex<RecorderReport?>(nil)
        onThreads(4) { index in
            if index == 3 {
                while begun.load(ordering: .acquiring) < 3 { sched_yield() }
                report.withLock { $0 = recorder.finish() }
                for _ in 0..<1000 { recorder.record(.requestDone, request: 0, client: 3, value: 0) }
                mustStop.store(true, ordering: .releasing)
                return
            }
            var request: UInt64 = 0
            while !mustStop.load(ordering: .acquiring) {
                recorder.record(.requestStart, request: request, client: UInt32(index), value: 0)
                request += 1
                if request == 3000 { begun.add(1, ordering: .releasing) }
            }
        }
        let recorded = try #require(report.withLock { $0 }).eventsRecorded
        #expect(recorded >= 9000)
        let reader = try TraceReader(path: path)
        #expect(reader.problems == [])
        #expect(reader.ending == .closed)
        #expect(UInt64(reader.counts.events) == recorded)
        var next: [UInt64] = [0, 0, 0]
        var faults = 0
        for event in reader.events {
            // The fourth thread recorded only after it had finished.
            guard event.client < 3, event.request == next[Int(event.client)] else {
                faults += 1
                continue
            }
            next[Int(event.client)] += 1
        }
        #expect(faults == 0)
    }

    @Test("finishing twice gives the same report, and recording afterwards is harmless")
    func finishedTwice() throws {
        let recorder = try Recorder(path: folder.file("run.trace"))
        recorder.record(.requestStart, request: 1, client: 0, value: 0)
        let report = recorder.finish()
        recorder.record(.requestStart, request: 2, client: 0, value: 0)
        #expect(recorder.finish() == report)
        #expect(recorder.eventsDropped == 0)
        #expect(try TraceReader(path: recorder.path).events.map(\.request) == [1])
    }

    @Test("a recorder that nobody keeps closes its trace")
    func abandoned() throws {
        let path = folder.file("run.trace")
        try Recorder(path: path).record(.requestStart, request: 1, client: 0, value: 0)
        #expect(try TraceReader(path: path).ending == .closed)
    }

    @Test("the maximum size is kept, and what does not fit is counted")
    func maximum() throws {
        let path = folder.file("run.trace")
        let maximumBytes: UInt64 = 4096 + 5 * 65_536 + 1000
        let recorder = try Recorder(path: path, maximumBytes: maximumBytes, clock: .monotonic)
        for request in 0..<20_000 { recorder.record(.requestStart, request: UInt64(request), client: 0, value: 0) }
        #expect(recorder.eventsDropped == 20_000 - 5 * 2046)
        let report = recorder.finish()
        #expect(report.eventsRecorded == 5 * 2046)
        #expect(report.eventsDropped == 20_000 - 5 * 2046)
        #expect(
            report.warnings == [
                "\(path): 9770 events were dropped, 10230 recorded: the file was at its maximum size; allow more, "
                    + "or record for a shorter time"
            ])
        let reader = try TraceReader(path: path)
        #expect(reader.problems == [])
        #expect(reader.header.eventsDropped == 9770)
        #expect(reader.events.map(\.request) == Array(0..<10_230))
    }

    @Test("a recorder that cannot start says why, what to do, and leaves no file")
    func refused() throws {
        func refusal(_ path: String, description: String = "", maximumBytes: UInt64 = 1 << 24) throws -> String {
            let error = #expect(throws: RecorderError.self) {
                try Recorder(path: path, description: description, maximumBytes: maximumBytes)
            }
            return try #require(error).description.replacing(folder.path, with: "DIR")
        }
        let existing = folder.file("existing.trace")
        try Data("precious".utf8).write(to: URL(fileURLWithPath: existing))
        #expect(
            try refusal(existing)
                == "DIR/existing.trace: exists, and a trace is never written over; "
                + "name another file, or remove this one"
        )
        #expect(try String(contentsOfFile: existing, encoding: .utf8) == "precious")
        #expect(try refusal(folder.path) == "DIR: is a directory; name a file in it")
        #expect(
            try refusal(folder.file("none/run.trace"))
                == "DIR/none/run.trace: its directory does not exist; make it, or name another file")
        #expect(
            try refusal("/proc/run.trace").hasPrefix("/proc/run.trace: "))
        #expect(
            try refusal(folder.file("a"), description: String(repeating: "x", count: 4025))
                == "DIR/a: the description has 4025 bytes; shorten it to 4024")
        #expect(
            try refusal(folder.file("a"), maximumBytes: 1000)
                == "DIR/a: the maximum size is 1000 bytes; allow 135168 or more")
        #expect(
            try refusal(folder.file("a"), maximumBytes: 1 << 62).hasPrefix(
                "DIR/a: the maximum size cannot be mapped: "))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["existing.trace"])
    }

    @Test("a second recorder is refused, and the first goes on")
    func second() throws {
        let first = try Recorder(path: folder.file("first.trace"))
        let error = #expect(throws: RecorderError.self) { try Recorder(path: folder.file("second.trace")) }
        #expect(error?.reason == .alreadyRecording)
        first.record(.requestStart, request: 1, client: 0, value: 0)
        #expect(first.finish().eventsRecorded == 1)
    }

    @Test("the constants of C are those of the reader")
    func constants() {
        #expect(ISIM_TRACE_VERSION == TraceFormat.version)
        #expect(ISIM_HEADER_BYTES == TraceFormat.headerBytes)
        #expect(ISIM_RECORD_BYTES == TraceFormat.recordBytes)
        #expect(ISIM_CHUNK_BYTES == TraceFormat.chunkBytes)
        #expect(ISIM_DESCRIPTION_BYTES_MAXIMUM == TraceFormat.descriptionBytesMaximum)
        #expect(ISIM_CHECK == TraceFormat.check)
        #expect(ISIM_KIND_THREAD == TraceFormat.TechnicalKind.thread.rawValue)
        #expect(ISIM_KIND_CALIBRATION == TraceFormat.TechnicalKind.calibration.rawValue)
        #expect(ISIM_KIND_CHUNK == TraceFormat.TechnicalKind.chunk.rawValue)
        #expect(ISIM_CLOCK_MONOTONIC == TraceFormat.Clock.monotonic.rawValue)
        #expect(ISIM_CLOCK_TICKS == TraceFormat.Clock.ticks.rawValue)
        #expect(ISIM_CLOCK_VIRTUAL == TraceFormat.Clock.virtual.rawValue)
    }
}
