import Testing

@testable import TraceModel

@Suite("What a record can be wrong in")
struct TraceRecordDoubtTests {
    private func header(_ clock: TraceFormat.Clock = .monotonic, version: UInt32 = 2) -> TraceHeader {
        TraceHeader(
            version: version, clock: clock, process: 0, startNanosecondsSinceEpoch: 0, chunksClaimed: 1,
            eventsDropped: 0, eventsRecorded: 1, description: "", isClosed: true)
    }

    private func doubt(_ record: TraceRecord, isFirst: Bool = false, in header: TraceHeader) -> String? {
        record.doubt(isFirst: isFirst, after: 0, in: header).map { "\($0.0.rawValue): \($0.1)" }
    }

    @Test("a lateness is zero or more")
    func lateness() {
        func due(_ value: Int64) -> TraceRecord {
            TraceRecord(time: 5, kind: EventKind.requestDue.rawValue, request: 1, value: value)
        }
        #expect(doubt(due(0), in: header()) == nil)
        #expect(doubt(due(.max), in: header()) == nil)
        #expect(doubt(due(-1), in: header()) == "impossible-value: expected a lateness from 0 ns on, found -1")
    }

    @Test("version 1 has no request-due")
    func versionOne() {
        let due = TraceRecord(time: 5, kind: EventKind.requestDue.rawValue, request: 1)
        let sentence = "unknown-kind: expected an event, a thread or a calibration, found kind 8"
        #expect(doubt(due, in: header(version: 1)) == sentence)
        for kind in EventKind.allCases where kind != .requestDue {
            #expect(doubt(TraceRecord(time: 5, kind: kind.rawValue), in: header(version: 1)) == nil)
        }
    }

    @Test("in virtual time thread and CPU are 0, and only there they have to be")
    func virtual() {
        let onCPU = TraceRecord(time: 5, kind: EventKind.requestStart.rawValue, request: 1, cpu: 3)
        #expect(doubt(onCPU, in: header()) == nil)
        #expect(doubt(onCPU, in: header(.virtual)) == "impossible-value: expected CPU 0 in virtual time, found 3")
        let thread = TraceRecord.thread(12, at: 0)
        #expect(doubt(thread, isFirst: true, in: header()) == nil)
        #expect(
            doubt(thread, isFirst: true, in: header(.virtual))
                == "impossible-value: expected thread 0 in virtual time, found 12")
        #expect(doubt(.thread(0, at: 0), isFirst: true, in: header(.virtual)) == nil)
    }
}
