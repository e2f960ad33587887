import Pairing
import Quantities
import Statistics
import Testing
import TraceModel

@testable import Following

@Suite("Finding requests to follow")
struct WayFinderTests {
    /// Requests 1 to the count, one after the other, each of as many microseconds as its number; each write takes twice as
    /// long.
    struct Requests: Sequence, IteratorProtocol {
        let count: UInt64
        private var request: UInt64 = 1
        private var place = 0
        private var time: Int64 = 0

        init(count: UInt64) { self.count = count }

        mutating func next() -> Event? {
            guard request <= count else { return nil }
            let kinds: [EventKind] = [.requestStart, .requestNonblock, .persistStart, .requestDone, .persistDone]
            let length = Int64(request) * 1000
            let offsets = [0, 0, 0, length, 2 * length]
            let event = Event(
                nanoseconds: time + offsets[place], kind: kinds[place], request: request, thread: 1)
            place += 1
            if place == kinds.count {
                place = 0
                time += 2 * length + 1
                request += 1
            }
            return event
        }
    }

    private func finder(_ events: some Sequence<Event>) throws -> WayFinder {
        WayFinder(outline: try #require(TraceOutline(of: events)), writes: .asynchronous)
    }

    @Test("the slowest come first, by the stage that is asked for")
    func slowest() throws {
        let events = Requests(count: 50)
        let found = try finder(events).selection(.slowest(3), stage: .request, in: events)
        #expect(found.ways.map(\.request) == [50, 49, 48])
        #expect(found.chosenFrom == 50)
        let waits = try finder(events).selection(.slowest(1), stage: .queueWait, in: events)
        #expect(waits.ways.map(\.request) == [1], "all are equally long: the earliest")
    }

    @Test("what is open when the trace ends is as slow as it is old")
    func open() throws {
        let events = timeline(
            """
            0   T1  request-start  1
            1   T1  request-start  2
            3   T1  request-done   2
            9   T1  request-start  3
            10  T1  request-done   3
            """)
        let found = try finder(events).selection(.slowest(2), stage: .request, in: events)
        #expect(found.ways.map(\.request) == [1, 2])
        #expect(found.ways[0].answer == .open)
        #expect(found.chosenFrom == 3)
    }

    @Test("only what began and ended in the measured window is chosen from")
    func window() throws {
        let events = timeline(
            """
            0  T1  request-start      1
            5  T1  measurement-start  0
            6  T1  request-done       1
            7  T1  request-start      2
            8  T1  request-done       2
            9  T1  measurement-end    0
            """)
        let found = try finder(events).selection(.slowest(5), stage: .request, in: events)
        #expect(found.ways.map(\.request) == [2])
    }

    @Test("above a percentile are as many as the definition of the quantile says")
    func abovePercentile() throws {
        let events = Requests(count: 1000)
        let found = try finder(events).selection(.above(.percentile(99), atMost: 4), stage: .persist, in: events)
        let durations = (1...1000).map { Int64($0) * 2000 }
        let limit = Quantile.value(ofSorted: durations, at: 0.99)
        #expect(found.limitNanoseconds == limit)
        #expect(found.countAbove == durations.count { Double($0) > limit })
        #expect(found.ways.map(\.request) == [1000, 999, 998, 997])
    }

    @Test("above a duration are those that took longer, not those that took as long")
    func aboveDuration() throws {
        let events = Requests(count: 20)
        let found = try finder(events).selection(
            .above(.duration(nanoseconds: 18_000), atMost: 10), stage: .request, in: events)
        #expect(found.ways.map(\.request) == [20, 19])
        #expect(found.countAbove == 2)
    }

    @Test("a filter by duration knows all requests above, and no other")
    func requestsAbove() throws {
        let events = Requests(count: 20)
        let found = try finder(events).requests(
            above: .duration(nanoseconds: 15_000), stage: .request, in: events)
        #expect(found == [16, 17, 18, 19, 20])
    }

    @Test("nothing to follow is answered with what there is, and what to ask instead")
    func refusals() throws {
        let events = Requests(count: 20)
        let finder = try finder(events)
        func sentence(_ choice: WayFinder.Choice, _ stage: Stage) -> String {
            do {
                _ = try finder.selection(choice, stage: stage, in: events)
                return "found"
            } catch {
                return error.description
            }
        }
        #expect(
            sentence(.request(77), .request)
                == "there is no request 77; the trace holds requests 1 to 20 of client 0; ask for one of these, or for "
                + "'--slowest 3'")
        #expect(
            sentence(.above(.percentile(99), atMost: 1), .request)
                == "p99 of request needs 662 durations, and the trace has 20; ask for '--slowest 3', or for '--above' with a "
                + "duration, as in '--above 5ms'")
        #expect(
            sentence(.above(.duration(nanoseconds: 1_000_000), atMost: 1), .request)
                == "none of the 20 durations of request is above 1ms; the longest is 20us; ask for less, or for '--slowest 3'"
        )
        #expect(
            sentence(.slowest(1), .response)
                == "no response was finished or open in the measured window; the trace holds request-start (20), "
                + "request-nonblock (20), persist-start (20), persist-done (20), request-done (20); ask for a stage whose "
                + "events are among them")
        #expect(
            sentence(.slowest(1), .think)
                == "think is time between two requests of a client, which no single request has; ask for one of request, "
                + "response, outbound-network, queue-wait, persist, persist-async, return-network")
    }

    @Test("the longest are those that sorting finds, in its order")
    func sorted() {
        var state: UInt64 = 1
        var all: [SlowestSpans.Entry] = []
        var slowest = SlowestSpans(limit: 10)
        for request in 0..<500 as Range<UInt64> {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let entry = SlowestSpans.Entry(
                request: request, start: Int64(request), elapsedNanoseconds: Int64(state >> 57))
            all.append(entry)
            slowest.add(entry)
        }
        all.sort { ($1.elapsedNanoseconds, $0.start) < ($0.elapsedNanoseconds, $1.start) }
        #expect(slowest.entries == Array(all.prefix(10)))
    }
}

@Suite("What durations are held against")
struct ThresholdTests {
    @Test(
        "a percentile or a duration is read, and written as it was",
        arguments: [
            ("p99", Threshold.percentile(99)), ("p99.9", .percentile(99.9)), ("5ms", .duration(nanoseconds: 5_000_000)),
        ])
    func reads(text: String, threshold: Threshold) throws {
        #expect(try Threshold(text: text) == threshold)
        #expect(threshold.text == text)
    }

    @Test("what is neither is refused with both forms", arguments: ["p0", "p100", "p", "px", "5", "fast", "", "-1ms"])
    func refuses(text: String) {
        #expect(throws: (any Error).self) { try Threshold(text: text) }
        do {
            _ = try Threshold(text: text)
        } catch {
            #expect(error.description.contains("p99"), "\(error)")
        }
    }
}

@Suite("Filtering events")
struct EventFilterTests {
    private let event = timeline("12 T5 persist-start 7 client=3").first!

    @Test("an empty filter lets everything pass")
    func empty() {
        #expect(EventFilter().passes(event, since: 0))
    }

    @Test("each condition lets pass and holds back", arguments: 0..<6)
    func conditions(index: Int) {
        var (passing, holding) = (EventFilter(), EventFilter())
        switch index {
        case 0: (passing.kinds, holding.kinds) = ([.persistStart, .requestDone], [.requestDone])
        case 1: (passing.requests, holding.requests) = ([7], [8])
        case 2: (passing.clients, holding.clients) = ([3], [7])
        case 3: (passing.threads, holding.threads) = ([5], [3])
        case 4: (passing.earliest, holding.earliest) = (2_000_000, 2_000_001)
        default: (passing.latest, holding.latest) = (2_000_000, 1_999_999)
        }
        #expect(passing.passes(event, since: 10_000_000))
        #expect(!holding.passes(event, since: 10_000_000))
    }

    @Test("a marker passes where neither requests nor clients are asked for")
    func markers() {
        let marker = Event(nanoseconds: 0, kind: .measurementStart)
        var filter = EventFilter()
        filter.clients = [0]
        #expect(!filter.passes(marker, since: 0))
        #expect(EventFilter().passes(marker, since: 0))
    }

    @Test("what a trace holds is said in one sentence")
    func inventory() {
        #expect(
            TraceInventory(of: wanderer).sentence
                == "it holds 6 events in 0.051800 s on threads 1, 2, 3: request-start (1), request-nonblock (1), "
                + "persist-start (1), persist-async-start (1), persist-done (1), request-done (1); the trace holds request 7 "
                + "of client 3")
        #expect(TraceInventory(of: [Event]()).sentence == "it holds no events")
        let crowd = (1...20).map { Event(nanoseconds: Int64($0), kind: .measurementStart, thread: UInt32($0)) }
        #expect(
            TraceInventory(of: crowd).sentence
                == "it holds 20 events in 0.000000 s on threads 1, 2, 3, 4, 5, 6, 7, 8 and more: measurement-start (20)"
        )
    }
}
