import Foundation
import Testing
import TraceModel

@testable import Importing

@Suite("Importing perf script")
struct PerfScriptImporterTests {
    @Test("a probe's line is an event")
    func line() {
        let events = imported(
            """
            # captured on a machine
            system-simulato 21873 [001] 93116.034218441: sdt_isim:persist__start: (55f0c4d1a2b6) arg1=17 arg2=3 arg3=50000000
            """, PerfScriptImporter())
        #expect(
            events.events == [
                Event(
                    nanoseconds: 93_116_034_218_441, kind: .persistStart, request: 17, client: 3, thread: 21873, cpu: 1,
                    value: 50_000_000)
            ])
        #expect(events.otherLineCount == 1)
    }

    @Test(
        "the forms that perf script has are read",
        arguments: [
            "my prog 7/8 [003] 1.5: sdt_isim:request__done: (55) arg1=1 arg2=2 arg3=0",
            "my prog 8 [003] 1.500000: sdt_isim:request__done_1: (55) arg1=0x1 arg2=0x2 arg3=0x0",
            "   prog     8 [003]     1.500000000:    probe_other:request__done:   (55) arg1=1 arg2=2 arg3=0",
        ])
    func forms(line: String) {
        let events = imported(line, PerfScriptImporter())
        #expect(
            events.events == [
                Event(nanoseconds: 1_500_000_000, kind: .requestDone, request: 1, client: 2, thread: 8, cpu: 3)
            ], "\(events.complaints)")
    }

    /// A file of `Samples`.
    private func sample(_ name: String) throws -> String {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Samples")
        return try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    @Test("what perf saw of a real run is what the run recorded itself, to the thread and to microseconds")
    func realRun() throws {
        let events = imported(try sample("perf-script.txt"), PerfScriptImporter())
        #expect(events.lostCount == 0)
        #expect(events.otherLineCount == 3)
        var own: [String: Int64] = [:]
        for line in try sample("perf-script-own.csv").split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",").map(String.init)
            guard !fields[1].hasPrefix("measurement") else { continue }
            own["\(fields[1]) \(fields[2]) \(fields[3]) \(fields[4]) \(fields[6])"] = Int64(fields[0])
        }
        #expect(events.events.count == own.count)
        for event in events.events {
            let key = "\(event.kind.name) \(event.request) \(event.client) \(event.thread) \(event.value)"
            let recorded = try #require(own[key], "\(key)")
            // The probe fires behind the recording, and costs what a breakpoint does.
            #expect((0..<100_000).contains(event.nanoseconds - recorded), "\(key)")
        }
    }

    @Test("a line without a CPU is of CPU 0, and a negative value is read")
    func withoutCPU() {
        let events = imported(
            "p 8 1.000000001: sdt_isim:request__block: (5) arg1=1 arg2=2 arg3=-3", PerfScriptImporter())
        #expect(
            events.events == [
                Event(nanoseconds: 1_000_000_001, kind: .requestBlock, request: 1, client: 2, thread: 8, value: -3)
            ])
    }

    @Test("lines of other probes and programs are no loss")
    func others() {
        let events = imported(
            """
            swapper 0 [000] 1.5: sched:sched_switch: prev_comm=x
            p 8 [000] 1.5: sdt_libc:setjmp: (55) arg1=1

            """, PerfScriptImporter())
        #expect(events.otherLineCount == 2)
        #expect(events.lostCount == 0)
    }

    @Test("what perf lost is lost here too")
    func lost() {
        let events = imported(
            """
            p 8 [000] 1.5: PERF_RECORD_LOST lost 17
            p 8 [000] 1.6: PERF_RECORD_LOST_SAMPLES lost 5
            """, PerfScriptImporter())
        #expect(events.lostCount == 22)
    }

    @Test(
        "a line that is half a probe's is refused with what is missing",
        arguments: [
            ("p 8 [000] soon: sdt_isim:request__done: (5) arg1=1 arg2=2 arg3=0", "expected a time in seconds"),
            ("p 8 [000] 1.0000000001: sdt_isim:request__done: (5) arg1=1 arg2=2 arg3=0", "expected a time in seconds"),
            ("p x [000] 1.5: sdt_isim:request__done: (5) arg1=1 arg2=2 arg3=0", "expected a thread before the time"),
            ("p 8 [zz] 1.5: sdt_isim:request__done: (5) arg1=1 arg2=2 arg3=0", "expected a CPU in brackets"),
            ("p 8 [000] 1.5: sdt_isim:request__done: (5) arg1=1 arg2=2", "expected arg1, arg2 and arg3"),
            (
                "p 8 [000] 1.5: sdt_isim:request__done: (5) arg1=1 arg2=4294967296 arg3=0",
                "expected arg1, arg2 and arg3"
            ),
        ])
    func refuses(line: String, sentence: String) throws {
        let events = imported(line, PerfScriptImporter())
        #expect(events.events.isEmpty)
        #expect(try #require(events.complaints.first).sentence.hasPrefix(sentence))
    }
}
