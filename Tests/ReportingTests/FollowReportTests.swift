import Analysis
import Following
import Pairing
import TestSupport
import Testing
import TraceModel

@testable import Reporting

@Suite("Followed requests, word for word")
struct FollowReportTests {
    private func text(
        _ events: [Event], _ choice: WayFinder.Choice, _ stage: Stage = .request, isSimulated: Bool = true,
        isIncomplete: Bool = false, columns: Int? = nil
    ) throws -> String {
        let finder = WayFinder(
            outline: try #require(TraceOutline(of: events)), writes: .asynchronous, traceIsIncomplete: isIncomplete)
        return FollowReport(
            of: try finder.selection(choice, stage: stage, in: events), choice: choice, stage: stage,
            fileName: "runs/trace.bin", isSimulated: isSimulated, columns: columns
        ).text
    }

    @Test("a write that outlives its request and changes thread is what was last reviewed")
    func wanderer() throws {
        let text = try text(SummaryBuilder.wanderer(17), .request(17))
        #expect(try Golden.compare(text, with: "follow-request.txt").complaint == nil)
    }

    @Test("the parts of the simulator are named of the simulator alone, and the lines fit into 80 columns")
    func otherProgram() throws {
        let other = try text(SummaryBuilder.wanderer(17), .request(17), isSimulated: false, columns: 80)
        for word in ["network, ", "processor", "store", "client:"] { #expect(!other.contains(word), "\(word)") }
        #expect(other.contains("  request-nonblock     permit free "))
        let simulated = try text(SummaryBuilder.wanderer(17), .request(17), columns: 80)
        #expect(simulated.contains("  request-nonblock     processor: permit free "))
        for line in (other + simulated).split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test("an end that may be missing from the trace is not taken for one that is not there")
    func incomplete() throws {
        let events = SummaryBuilder.wanderer(17) + SummaryBuilder.wanderer(18, from: 70_000_000).prefix(3)
        let text = try text(events, .slowest(2), isIncomplete: true)
        #expect(
            text.contains(
                "\n  Events of the trace are missing: 1 of these were open when it closed, some perhaps only because their end is.\n"
            ), "\(text)")
        let mark = "Events of the trace are missing: what is open or not seen here may be among them."
        #expect(text.ranges(of: mark).count == 1)
        #expect(!(try self.text(events, .slowest(2))).contains("are missing"))
    }

    @Test("of an identifier with two starts and two dones the sentence says what the stage says")
    func twice() throws {
        let times: [(Int64, EventKind)] = [
            (1, .requestStart), (2, .requestStart), (6, .requestDone), (9, .requestDone),
        ]
        let events = times.map { Event(nanoseconds: $0 * 1_000_000, kind: $1, request: 1, thread: 7) }
        let lines = try text(events, .request(1)).split(separator: "\n").map(String.init)
        #expect(lines.filter { $0.hasPrefix("  Answered after") } == ["  Answered after 4.000 ms."])
        #expect(lines.contains { $0.hasPrefix("  request ") && $0.hasSuffix("      4.000") })
        #expect(
            lines.contains(
                "  1 further end of it without a start: repeated, or of another use of its identifier."))
    }

    @Test("slow ones, open ends, and a request that was due earlier are what was last reviewed")
    func slowest() throws {
        var events = SummaryBuilder.wanderer(17)
        events.insert(
            Event(nanoseconds: 10_000_000, kind: .requestDue, request: 17, client: 3, thread: 4711, value: 2_500_000),
            at: 0)
        events += SummaryBuilder.wanderer(18, from: 70_000_000).prefix(3)
        events.append(Event(nanoseconds: 99_000_000, kind: .measurementEnd))
        #expect(try Golden.compare(text(events, .slowest(3)), with: "follow-slowest.txt").complaint == nil)
    }

    @Test("an identifier that was used again, in virtual time, is what was last reviewed")
    func reused() throws {
        let events = (SummaryBuilder.wanderer(17) + SummaryBuilder.wanderer(17, from: 40_000_000)).sorted {
            $0.nanoseconds < $1.nanoseconds
        }.map { event in
            var event = event
            (event.thread, event.cpu) = (0, 0)
            return event
        }
        #expect(try Golden.compare(text(events, .request(17)), with: "follow-reused.txt").complaint == nil)
    }

    @Test("those above a limit are counted, and said how many are shown")
    func above() throws {
        let events = (1...5).flatMap { SummaryBuilder.wanderer($0, from: Int64($0) * 100_000_000) }
        let text = try text(events, .above(.duration(nanoseconds: 1_000_000), atMost: 2), .persist)
        #expect(
            text.hasPrefix(
                """
                runs/trace.bin
                  5 of 5 persist spans of the measured window (open ones at their age when it closed) took longer than 1ms; the 2 \
                slowest are shown.

                """), "\(text.prefix(300))")
    }

    @Test("events as lines keep their columns")
    func table() {
        let table = EventTable(origin: 10_000_000)
        let lines =
            SummaryBuilder.wanderer(17).prefix(3).map(table.line(of:)) + [
                table.line(of: Event(nanoseconds: 9_999_999, kind: .measurementStart, thread: 4711))
            ]
        #expect(
            table.header + lines.joined() == """
                event                      time (s)   request  client   thread  CPU        value
                request-start           0.000000000        17       3     4711    0            0
                request-nonblock        0.001500000        17       3     4712    1            0
                persist-start           0.001600000        17       3     4712    1     50000000
                measurement-start      -0.000000001         —       —     4711    0            0

                """)
    }
}

extension SummaryBuilder {
    /// Two requests of a cell, the second of which never ended its write.
    static var slowestRequests: [SlowestRequest] {
        [wanderer(1_017), Array(wanderer(18, from: 70_000_000).prefix(5))].enumerated().flatMap { index, events in
            var follower = RequestFollower([.init(request: events[0].request)])
            for event in events { follower.add(event) }
            return follower.finish(writes: .asynchronous, traceEnd: 99_000_000).ways.map {
                SlowestRequest(
                    trial: "block-0\(index)-cell-000", elapsedNanoseconds: 3_000_000 - Int64(index), way: $0)
            }
        }
    }

    /// A request whose write begins on one thread and ends on another, and outlives it.
    static func wanderer(_ request: UInt64, from start: Int64 = 10_000_000) -> [Event] {
        let steps: [(Int64, EventKind, UInt32, UInt16, Int64)] = [
            (0, .requestStart, 4711, 0, 0), (1_500_000, .requestNonblock, 4712, 1, 0),
            (1_600_000, .persistStart, 4712, 1, 50_000_000), (1_700_000, .persistAsyncStart, 4711, 0, 0),
            (3_000_000, .requestDone, 4711, 0, 0), (51_800_000, .persistDone, 4713, 1, 0),
        ]
        return steps.map { time, kind, thread, cpu, value in
            Event(
                nanoseconds: start + time, kind: kind, request: request, client: 3, thread: thread, cpu: cpu,
                value: value)
        }
    }
}
