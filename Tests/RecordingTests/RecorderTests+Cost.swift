import Foundation
import TestSupport
import Testing
import TraceModel

@testable import Recording

/// What recording costs: part of the one suite that records, because a process has one recorder at a time.
extension RecorderTests {
    @Test(
        "the cost of an event is measured without leaving a file or a recorder",
        arguments: [Recorder.Clock.fastest, .monotonic])
    func cost(clock: Recorder.Clock) throws {
        let path = folder.file("run.trace")
        let cost = try Recorder.costNanoseconds(besideTrace: path, clock: clock)
        // Anything between a fast CPU's half a nanosecond and a debug build on a machine that does much else.
        #expect(cost > 0.5 && cost < 1e6)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        let recorder = try Recorder(path: path)
        recorder.record(.requestStart, request: 1, client: 0, value: 0)
        #expect(recorder.finish().eventsRecorded == 1)
        #expect(Array(try TraceReader(path: path).events).map(\.request) == [1])
    }

    @Test("the cost is counted in a time that stands still while others have the CPU")
    func ownTime() {
        let spent = Recorder.threadNanoseconds()
        let isDone = DispatchSemaphore(value: 0)
        startForeignThread {
            let start = Recorder.threadNanoseconds()
            while Recorder.threadNanoseconds() - start < 20_000_000 { continue }
            isDone.signal()
        }
        isDone.wait()
        #expect(Recorder.threadNanoseconds() - spent < 10_000_000)
    }

    @Test("the cost of an event is refused while a recorder runs, and where there is no folder")
    func costRefused() throws {
        let recorder = try Recorder(path: folder.file("run.trace"))
        #expect(
            throws: RecorderError(path: folder.file("other.trace.cost"), reason: .alreadyRecording)
        ) { try Recorder.costNanoseconds(besideTrace: folder.file("other.trace")) }
        recorder.finish()
        #expect(throws: RecorderError(path: "/nonexistent/trace.cost", reason: .noSuchDirectory)) {
            try Recorder.costNanoseconds(besideTrace: "/nonexistent/trace")
        }
    }
}
