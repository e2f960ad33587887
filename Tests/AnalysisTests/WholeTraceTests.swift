import Archiving
import Pairing
import Testing
import TraceModel

@testable import Analysis

@Suite("What a trace says of all that a tracer can have seen")
struct WholeTraceTests {
    /// Four requests, of which the first and the last were blocked; each of 3 ms, with a write of 50 ms that starts on thread 10 or
    /// 11 and is done on the other.
    static func trace() throws -> WholeTrace {
        let events = Story.events(requests: 3)
        return WholeTrace(events: events, outline: try #require(TraceOutline(of: events)), writes: .asynchronous)
    }

    static func times(_ count: Int, milliseconds: Int64) -> TracerOutput.Times {
        TracerOutput.Times(count: count, totalNanoseconds: Int64(count) * milliseconds * Story.millisecond)
    }

    @Test("events are counted with the warm-up and without the markers, which have no probe")
    func countsEvents() throws {
        #expect(
            try Self.trace().events == [
                "request-start": 4, "request-block": 2, "request-nonblock": 2, "persist-start": 4,
                "persist-async-start": 4, "request-done": 4, "persist-done": 4,
            ])
    }

    @Test("by request each duration is what it is, and blocked requests are told apart")
    func byRequest() throws {
        let pairs = try Self.trace().byRequest
        #expect(
            pairs.times == [
                "request": Self.times(4, milliseconds: 3), "request.blocked": Self.times(2, milliseconds: 3),
                "request.nonblocked": Self.times(2, milliseconds: 3), "persist": Self.times(4, milliseconds: 50),
            ])
        #expect(pairs.overwrittenStarts.isEmpty && pairs.unmatchedDones.isEmpty)
    }

    // Write 1 starts on 10 at 2 ms and is done on 11, which has no start. Write 2 starts on 11 at 102 ms and is done at 152 ms on 10,
    // where write 1's start of 2 ms is found; and so on: 150 ms each.
    @Test("by thread a write finds the start of the one before it, as the script would")
    func byThread() throws {
        let pairs = try Self.trace().byThread
        #expect(
            pairs.times == ["request": Self.times(4, milliseconds: 3), "persist": Self.times(3, milliseconds: 150)])
        #expect(pairs.unmatchedDones == ["persist": 1])
        #expect(pairs.overwrittenStarts.isEmpty)
    }
}
