import Auditing
import Experiments
import Pairing
import Testing
import TraceModel

@testable import Analysis

@Suite("One trace, measured by request and by thread")
struct TraceMeasurementTests {
    let measurement = TraceMeasurement(events: Story.events(requests: 20), writes: .asynchronous)!

    @Test("by request every write takes its 50 ms")
    func byRequest() {
        let durations = measurement.durations[.init(.persist, .all, .request)] ?? []
        #expect(durations == Array(repeating: 50 * Story.millisecond, count: 20))
        #expect(measurement.overshoot == Array(repeating: 0, count: 20))
    }

    @Test("by thread the same writes read as twice that, joined across requests")
    func byThread() throws {
        // A write that starts on thread 10 ends on 11, where the mark is of the request before: 100 ms earlier.
        let durations = measurement.durations[.init(.persist, .all, .thread)] ?? []
        #expect(Set(durations) == [150 * Story.millisecond])
        let counts = try #require(measurement.byThread.stages[.persist]?.counts)
        #expect(counts.starts == 20)
        #expect(counts.paired == durations.count)
        #expect(counts.mismatchedRequests == counts.paired)
    }

    @Test("what was done before the window is not counted")
    func window() {
        #expect(measurement.window.start == 99 * Story.millisecond)
        #expect(measurement.byRequest.eventCounts[.requestDone] == 20)
    }

    @Test("requests are told apart by whether they were blocked, over the whole request")
    func subsets() {
        // Numbers 3, 6 … 18 of 1…20 are blocked.
        #expect(measurement.durations[.init(.request, .blocked, .request)]?.count == 6)
        #expect(measurement.durations[.init(.request, .nonblocked, .request)]?.count == 14)
        #expect(measurement.durations[.init(.persist, .blocked, .request)] == nil)
        #expect(measurement.durations[.init(.request, .blocked, .thread)] == nil)
    }

    @Test("each half of the window has its mean")
    func halves() throws {
        let persist = try #require(measurement.halves.first { $0.stage == .persist })
        #expect(persist.firstMean == 50e6)
        #expect(persist.secondMean == 50e6)
    }

    @Test("in an open loop a response is longer than its request by the time that the request was late")
    func responses() throws {
        let events = Story.events(requests: 20, latenessMilliseconds: 7)
        let open = try #require(TraceMeasurement(events: events, writes: .asynchronous))
        // The first request of the window was due before it.
        #expect(open.durations[.init(.response, .all, .request)] == Array(repeating: 10 * Story.millisecond, count: 19))
        #expect(open.durations[.init(.request, .all, .request)] == Array(repeating: 3 * Story.millisecond, count: 20))
        #expect(open.byRequest.stages[.response]?.counts.startedBefore == 1)
        #expect(open.durations[.init(.response, .all, .thread)]?.count == 19)
        #expect(open.halves.contains { $0.stage == .response })
        #expect(!measurement.durations.keys.contains { $0.stage == .response })
        #expect(!measurement.halves.contains { $0.stage == .response })
    }

    @Test("a trace without events measures nothing")
    func empty() {
        #expect(TraceMeasurement(events: [], writes: nil) == nil)
    }
}
