import Pairing
import Testing
import TraceModel

@testable import Following

@Suite("The way of one request")
struct RequestWayTests {
    private func ways(
        _ events: [Event], _ request: UInt64 = 7, at instant: Int64? = nil, writes: Writes = .asynchronous
    ) -> [RequestWay] {
        var follower = RequestFollower([.init(request: request, instant: instant)])
        for event in events { follower.add(event) }
        return follower.finish(writes: writes, traceEnd: events.last?.nanoseconds ?? 0).ways
    }

    @Test("a write that begins on one thread and ends on another is followed to its end")
    func changesThread() throws {
        let way = try #require(ways(wanderer).first)
        let write = try #require(way.stages.first { $0.stage == .persist })
        #expect(write.startThread == 2)
        #expect(write.doneThread == 3)
        #expect(write.changesThread)
        #expect(write.elapsedNanoseconds == 50_200_000)
        #expect(way.steps.map(\.changesThread) == [false, true, false, true, false, true])
        #expect(way.steps.map(\.changesCPU) == [false, true, false, true, false, true])
        #expect(way.threadChanges == 3)
        #expect(way.client == 3)
    }

    @Test("times are counted from the first event, and from the event before")
    func times() throws {
        let steps = try #require(ways(wanderer).first).steps
        #expect(steps.map(\.sinceStart) == [0, 1_500_000, 1_600_000, 1_700_000, 3_000_000, 51_800_000])
        #expect(steps.map(\.sinceLast) == [nil, 1_500_000, 100_000, 100_000, 1_300_000, 48_800_000])
    }

    @Test("the stages are those of the pairing by request")
    func stages() throws {
        let way = try #require(ways(wanderer).first)
        let stages = way.stages.map { "\($0.stage.rawValue) \($0.elapsedNanoseconds ?? -1)" }
        #expect(
            stages == [
                "request 3000000", "outbound-network 1500000", "queue-wait 100000", "persist 50200000",
                "return-network 1400000", "persist-async 50100000",
            ])
    }

    @Test("the write outlives its request, or does not")
    func outlives() throws {
        #expect(try #require(ways(wanderer).first).writeOutlivesRequestBy == 48_800_000)
        var waits = wanderer
        waits[4].nanoseconds = 63_000_000
        waits.swapAt(4, 5)
        let way = try #require(ways(waits, writes: .synchronous).first)
        #expect(way.writeOutlivesRequestBy == nil)
        #expect(way.write == .done(61_800_000))
    }

    @Test("what the end of the trace cut off is open, and is not taken for done")
    func openEnds() throws {
        let cut = Array(wanderer.prefix(5))
        let way = try #require(ways(cut).first)
        #expect(way.write == .open)
        #expect(way.answer == .done(13_000_000))
        #expect(way.writeOutlivesRequestBy == 0)
        let open = way.stages.filter { $0.done == nil }.map(\.stage)
        #expect(open == [.persist, .persistAsync])
        let begun = try #require(ways(Array(wanderer.prefix(1))).first)
        #expect(begun.answer == .open)
        #expect(begun.write == .notSeen)
    }

    @Test("what began before the trace did has no start")
    func headless() throws {
        let way = try #require(ways(Array(wanderer.suffix(2))).first)
        #expect(way.answer == .done(13_000_000))
        #expect(way.stages.isEmpty)
    }

    @Test("an identifier that is used again makes two ways, and the second knows that the first was open")
    func reused() {
        let again = wanderer.map { event in
            var event = event
            event.nanoseconds += 40_000_000
            return event
        }
        let mixed = (wanderer + again).sorted { $0.nanoseconds < $1.nanoseconds }
        let found = ways(mixed)
        #expect(found.map(\.use) == [1, 2])
        #expect(found.map(\.useCount) == [2, 2])
        #expect(found.map(\.beganBeforeLastEnded) == [false, true])
        #expect(found.map(\.isCutShort) == [true, false])
        #expect(found[0].write == .open)
        #expect(found[0].writeOutlivesRequestBy == nil, "its end is hidden by the second use")
        let later = wanderer.map { event in
            var event = event
            event.nanoseconds += 100_000_000
            return event
        }
        #expect(ways(wanderer + later).map(\.beganBeforeLastEnded) == [false, false])
    }

    @Test("of an identifier that is used again the use is found that holds the instant")
    func instant() {
        let later = wanderer.map { event in
            var event = event
            event.nanoseconds += 100_000_000
            return event
        }
        let found = ways(wanderer + later, at: 111_600_000)
        #expect(found.map(\.use) == [2])
        #expect(found.map(\.useCount) == [2])
    }

    @Test("in an open loop the response begins when the request was due")
    func openLoop() throws {
        let due = timeline("10 T1 request-due 7 client=3 late=4") + wanderer
        let way = try #require(ways(due).first)
        let response = try #require(way.stages.first)
        #expect(response.stage == .response)
        #expect(response.start == 6_000_000)
        #expect(response.elapsedNanoseconds == 7_000_000)
        #expect(ways(due, at: 6_000_000).count == 1)
    }

    @Test("markers belong to no request, also not to one that is numbered 0")
    func markers() {
        let events = timeline("0 T1 measurement-start 0\n1 T1 request-start 0\n2 T1 measurement-end 0")
        #expect(ways(events, 0).map(\.events.count) == [1])
    }

    @Test("of an identifier that repeats itself a bounded number of events and of uses is kept, and the rest counted")
    func bounded() throws {
        let start = timeline("1 T1 request-start 7\n2 T1 request-block 7")
        let many = [start[0]] + Array(repeating: start[1], count: RequestFollower.eventsMaximum + 5)
        let way = try #require(ways(many).first)
        #expect(way.events.count == RequestFollower.eventsMaximum)
        #expect(way.eventsLeftOut == 6)
        let starts = Array(repeating: start[0], count: RequestFollower.usesMaximum + 4)
        var follower = RequestFollower([.init(request: 7)])
        for event in starts { follower.add(event) }
        let found = follower.finish(writes: .asynchronous, traceEnd: 0)
        #expect(found.ways.count == RequestFollower.usesMaximum)
        #expect(found.usesLeftOut == 4)
        #expect(found.ways.allSatisfy { $0.useCount == RequestFollower.usesMaximum + 4 })
    }

    @Test("the first done behind a start ends it, as the pairing has it, and what comes behind is counted")
    func repeatedDones() throws {
        let found = ways(
            timeline(
                """
                1 T1 request-start 7
                2 T1 request-start 7
                6 T1 request-done 7
                9 T1 request-done 7
                """))
        #expect(found.map(\.answer) == [.open, .done(6_000_000)])
        #expect(found[1].stages.first { $0.stage == .request }?.elapsedNanoseconds == 4_000_000)
        #expect(found.map(\.furtherDones) == [0, 1])
        let before = try #require(ways(timeline("1 T1 request-done 7\n2 T1 request-start 7")).first)
        #expect(before.answer == .open)
        #expect(before.furtherDones == 1)
    }

    @Test("where events are missing, what is open or has no start may be hit by that, and what is whole is not")
    func gaps() throws {
        func isHit(_ events: [Event], _ isIncomplete: Bool) -> [Bool] {
            var follower = RequestFollower([.init(request: 7)])
            for event in events { follower.add(event) }
            return follower.finish(writes: .asynchronous, traceEnd: 99_000_000, traceIsIncomplete: isIncomplete).ways
                .map(\.isHitByGaps)
        }
        #expect(isHit(wanderer, true) == [false])
        #expect(isHit(Array(wanderer.prefix(5)), true) == [true])
        #expect(isHit(Array(wanderer.suffix(2)), true) == [true])
        #expect(isHit(Array(wanderer.prefix(5)), false) == [false])
    }
}
