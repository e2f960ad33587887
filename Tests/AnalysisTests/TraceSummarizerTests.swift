import Auditing
import Experiments
import Foundation
import Pairing
import Statistics
import Testing
import TraceModel

@testable import Analysis

@Suite("One trace by itself, from its file")
struct TraceSummarizerTests {
    private func summary(of events: [Event], clock: TraceFormat.Clock = .monotonic) throws -> TraceSummary {
        let path = NSTemporaryDirectory() + "assay-summary-\(UUID().uuidString).trace"
        try Data(TraceEncoder(clock: clock).encode(events)).write(to: URL(filePath: path))
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: path) } }
        return TraceSummarizer.summary(of: try TraceReader(path: path), fileName: "run.trace")
    }

    /// One client and a schedule of a request every 10 ms, each served in 1 ms, but for the second that begins in the
    /// middle of every ten, in which nothing is served; on one thread, in virtual time.
    private static let stalled: [Event] = {
        let (second, periods): (Int64, Int64) = (1_000_000_000, 4)
        var events: [Event] = []
        var free: Int64 = 0
        for index in 0..<(1000 * periods) {
            let due = index * 10_000_000
            if due == 10 * second { events.append(Event(nanoseconds: due, kind: .measurementStart)) }
            let start = max(due, free)
            let stall = start / (10 * second) * 10 * second + 5 * second
            let begin = (stall..<stall + second).contains(start) ? stall + second : start
            free = begin + 1_000_000
            let request = UInt64(index) + 1
            events.append(Event(nanoseconds: start, kind: .requestDue, request: request, value: start - due))
            events.append(Event(nanoseconds: start, kind: .requestStart, request: request))
            events.append(Event(nanoseconds: free, kind: .requestDone, request: request))
        }
        events.append(Event(nanoseconds: 10 * second * periods, kind: .measurementEnd))
        return events
    }()

    /// The request that meets the stall takes 1001 ms, and each of those behind it waits 9 ms less than the one before:
    /// 1001, 992, … 11, 2 ms. That is 112 of the 1000 requests of a period, so that the 11th longest of them, 911 ms, has
    /// 1 % above it, and p99 lies 0.66333 of the way to the 10th. The client itself sees one long request in 1000.
    @Test("a stall of 1 s in every 10 s is 1 ms at p99 from the actual start, and 917 ms from the intended one")
    func coordinatedOmission() throws {
        let summary = try summary(of: Self.stalled, clock: .virtual)
        #expect(summary.problems == [])
        #expect(summary.clock == .virtual)
        func pooled(_ stage: Stage) throws -> DurationSummary {
            let found = summary.stages.first { $0.stage == stage && $0.subset == .all && $0.pairing == .request }
            return try #require(found?.pooled)
        }
        let (request, response) = (try pooled(.request), try pooled(.response))
        #expect(request.count == 3000)
        #expect(response.count == 3000)
        #expect(request.p99 == 1e6)
        #expect(request.maximum == 1_001_000_000)
        #expect(abs((response.p99 ?? 0) - 916.97e6) < 1, "911 ms + 0.66333 × 9 ms")
        #expect(response.maximum == 1_001_000_000)
        // Per period 999 requests of 1 ms and one of 1001 ms; 888 responses of 1 ms and the 112 of the stall.
        #expect(request.mean == 2e6)
        let stalledMilliseconds = (0..<112).map { 1001 - 9 * $0 }.reduce(0, +)
        #expect(response.mean == Double(888 + stalledMilliseconds) * 1e3)
        // The trace does not say that it was made to stand still.
        #expect(summary.findings.map(\.audit) == ["steady-state", "load-delivered", "sample-size"])
        #expect(summary.findings.map(\.severity) == [.doubtful, .note, .note])
    }

    @Test("a trace without an event is invalid, and not trusted for want of anything to object to")
    func empty() throws {
        let summary = try summary(of: [])
        #expect(summary.stages.isEmpty)
        #expect(Verdict(of: summary.findings, pairings: [.request]).level == .invalid)
        #expect(summary.findings.contains { $0.sentence == "trace: the trace has no event that can be read." })
    }

    @Test("a closed loop's summary has neither the kind nor the stage, a trace with one request that was due has both")
    func presence() throws {
        let closed = try summary(of: Story.events(requests: 20))
        #expect(closed.clock == .monotonic)
        #expect(closed.stages.contains { $0.stage == .think })
        #expect(closed.eventCounts[.requestDue] == nil)
        #expect(!closed.stages.contains { $0.stage == .response })
        #expect(!closed.findings.contains { $0.stage == .response })
        let open = try summary(of: Story.events(requests: 20, latenessMilliseconds: 7))
        #expect(open.eventCounts[.requestDue] == 21)
        #expect(open.window?.eventCounts[.requestDue] == 20)
        #expect(open.stages.filter { $0.stage == .response }.map(\.pairing) == [.request, .thread])
        #expect(!open.stages.contains { $0.stage == .think }, "between requests of a schedule nobody thinks")
    }

    @Test("in virtual time, where one OS thread runs everything, nothing is summed up by thread")
    func virtualTime() throws {
        let (wall, virtual) = (try summary(of: Self.stalled), try summary(of: Self.stalled, clock: .virtual))
        #expect(wall.stages.contains { $0.pairing == .thread })
        #expect(!virtual.stages.isEmpty)
        #expect(virtual.stages == wall.stages.filter { $0.pairing == .request })
        #expect(!virtual.findings.contains { $0.subject == "by thread" })
    }
}
