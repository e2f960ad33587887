import Auditing
import Experiments
import Pairing
import Statistics
import Testing
import TraceModel

@testable import Analysis

@Suite("One trace, measured by request and by thread")
struct TraceMeasurementTests {
    let measurement = TraceMeasurement(events: Story.events(requests: 20), writes: .asynchronous)!

    @Test("by request every write takes its 50 ms")
    func byRequest() {
        let durations = measurement.durations[.init(.persist, .all, .request)]
        #expect(durations == DurationSample(repeatElement(50 * Story.millisecond, count: 20)))
        #expect(measurement.overshoot == DurationSample(repeatElement(0, count: 20)))
    }

    @Test("by thread the same writes read as twice that, joined across requests")
    func byThread() throws {
        // A write that starts on thread 10 ends on 11, where the mark is of the request before: 100 ms earlier.
        let durations = try #require(measurement.durations[.init(.persist, .all, .thread)])
        #expect(durations.ascending.map(\.nanoseconds) == [150 * Story.millisecond])
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

    @Test("a half has all that is done in it, also what began before the window")
    func halvesOfLongSpans() throws {
        // Requests of one client, each in seconds: 2…12, 12…13, 14…18 and 18…19, in a window of 10…20 with its middle at 15.
        func event(_ seconds: Int64, _ kind: EventKind, _ request: UInt64 = 0) -> Event {
            Event(nanoseconds: seconds * 1_000_000_000, kind: kind, request: request)
        }
        let events = [
            event(2, .requestStart, 1), event(10, .measurementStart), event(12, .requestDone, 1),
            event(12, .requestStart, 2), event(13, .requestDone, 2), event(14, .requestStart, 3),
            event(18, .requestDone, 3), event(18, .requestStart, 4), event(19, .requestDone, 4),
            event(20, .measurementEnd), event(20, .requestStart, 5), event(21, .requestDone, 5),
        ]
        let measured = try #require(TraceMeasurement(events: events, writes: .asynchronous))
        let request = try #require(measured.halves.first { $0.stage == .request })
        #expect(request.firstMean == 5.5e9)
        #expect(request.secondMean == 2.5e9)
    }

    @Test("in an open loop a response is longer than its request by the time that the request was late")
    func responses() throws {
        let events = Story.events(requests: 20, latenessMilliseconds: 7)
        let open = try #require(TraceMeasurement(events: events, writes: .asynchronous))
        // The first request of the window was due before it.
        let responses = DurationSample(repeatElement(10 * Story.millisecond, count: 19))
        let requests = DurationSample(repeatElement(3 * Story.millisecond, count: 20))
        #expect(open.durations[.init(.response, .all, .request)] == responses)
        #expect(open.durations[.init(.request, .all, .request)] == requests)
        #expect(open.byRequest.stages[.response]?.counts.startedBefore == 1)
        #expect(open.durations[.init(.response, .all, .thread)]?.count == 19)
        #expect(open.halves.contains { $0.stage == .response })
        #expect(!measurement.durations.keys.contains { $0.stage == .response })
        #expect(!measurement.halves.contains { $0.stage == .response })
    }

    @Test("the course of a stage begins with the trace, and holds what reaches into the window")
    func series() throws {
        // 21 requests, one of them before the window: four batches of five and one left over.
        let request = try #require(measurement.series[.request])
        #expect(request.valueCount == 21)
        #expect(request.means == Array(repeating: 3e6, count: 4))
        #expect(request.endNanoseconds.first == 403 * Story.millisecond)
        #expect(measurement.series[.persist]?.valueCount == 21)
        #expect(measurement.series[.response] == nil)
        #expect(measurement.series[.think] == nil)
    }

    @Test("what is left when the warm-up is doubled: the spans that start as long after its end as it lasted")
    func doubledCut() throws {
        // The warm-up lasts 99 ms, so the cut is at 198 ms: the request at 100 ms is before it, the other 19 after it.
        let left = try #require(measurement.afterDoubledCut)
        #expect(left[.request] == DurationSample(repeatElement(3 * Story.millisecond, count: 19)))
        #expect(left[.persist]?.count == 19)
        #expect(left[.response] == nil && left[.think] == nil)
        // Of 100 ms and 99 ms of warm-up less than a quarter would be left.
        let short = try #require(TraceMeasurement(events: Story.events(requests: 1), writes: .asynchronous))
        #expect(short.afterDoubledCut == nil)
        // Without a marker the window begins with the first event: no warm-up.
        let whole = Story.events(requests: 20).filter { $0.kind != .measurementStart }
        #expect(try #require(TraceMeasurement(events: whole, writes: .asynchronous)).afterDoubledCut == nil)
    }

    @Test("the outline is of the whole trace, and clients are counted once")
    func outline() {
        #expect(measurement.outline.first == 0)
        #expect(measurement.outline.eventCounts[.requestDone] == 21)
        #expect(measurement.clientsSeen == 1)
    }

    @Test("a trace without events measures nothing")
    func empty() {
        #expect(TraceMeasurement(events: [], writes: nil) == nil)
    }
}
