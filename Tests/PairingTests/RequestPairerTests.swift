import Pairing
import Testing
import TraceModel

@Suite("Pairing by request")
struct RequestPairerTests {
    static let oneRequest = """
        0     T1  request-start        7
        1.5   T2  request-block        7
        4     T2  persist-start        7  delay=50
        4.25  T3  persist-async-start  7
        5.5   T1  request-done         7
        54.5  T4  persist-done         7
        1005.5  T1  request-start      8
        """

    @Test("one request has all of its stages, and all know that it was blocked")
    func stages() {
        let (spans, outcome) = pairedByRequest(timeline(Self.oneRequest))
        #expect(
            spans.map(line) == [
                "outbound-network 7 T1→T2 1.5 ms blocked",
                "queue-wait 7 T2 2.5 ms blocked",
                "return-network 7 T2→T1 1.5 ms blocked",
                "request 7 T1 5.5 ms blocked",
                "persist-async 7 T3→T4 50.25 ms blocked",
                "persist 7 T2→T4 50.5 ms blocked",
                "think 7→8 T1 1000.0 ms",
            ])
        #expect(outcome.stageSum?.requests == 1)
        #expect(outcome.stageSum?.unexplainedRequests == 0)
        #expect(outcome.stageSum?.explainedNanoseconds == 5_500_000)
    }

    @Test("two writes that swap threads are still told apart, where pairing by thread joins strangers")
    func swappedThreads() {
        let events = timeline(
            """
            0    T1  persist-start  1  delay=50
            20   T2  persist-start  2  delay=50
            50   T2  persist-done   1
            70   T1  persist-done   2
            """)
        let byRequest = pairedByRequest(events)
        #expect(byRequest.spans.map(line) == ["persist 1 T1→T2 50.0 ms", "persist 2 T2→T1 50.0 ms"])
        #expect(byRequest.outcome.stages[.persist]?.counts.changedThread == 2)
        let byThread = pairedByThread(events)
        #expect(byThread.spans.map(line) == ["persist 2→1 T2 30.0 ms", "persist 1→2 T1 70.0 ms"])
        #expect(byThread.outcome.stages[.persist]?.counts.mismatchedRequests == 2)
        #expect(byThread.outcome.stages[.persist]?.counts.shorterThanDrawn == 1)
    }

    @Test("with synchronous writes the way back begins when the write is done, and the write is part of the request")
    func synchronousWrites() {
        let events = timeline(
            """
            0   T1  request-start     7
            1   T1  request-nonblock  7
            1   T1  persist-start     7  delay=50
            51  T1  persist-done      7
            52  T1  request-done      7
            """)
        let (spans, outcome) = pairedByRequest(events, writes: .synchronous)
        #expect(spans.map(line).contains("return-network 7 T1 1.0 ms nonblocked"))
        #expect(outcome.stageSum?.unexplainedRequests == 0)
        #expect(outcome.stageSum?.explainedNanoseconds == 52_000_000)
    }

    @Test("an asynchronous write of no length, done before its request, does not move the start of the way back")
    func emptyWrite() {
        let events = timeline(
            """
            0   T1  request-start     7
            1   T1  request-nonblock  7
            1   T1  persist-start     7
            1.2 T2  persist-done      7
            2   T1  request-done      7
            """)
        #expect(pairedByRequest(events).spans.map(line).contains("return-network 7 T1 1.0 ms nonblocked"))
    }

    @Test("what started before the window is told apart from what never started, and what stays open keeps its start")
    func window() throws {
        let (spans, outcome) = pairedByRequest(
            timeline(
                """
                0    T1  persist-start      1
                10   T1  measurement-start  0
                20   T1  persist-done       1
                21   T1  persist-done       9
                30   T1  persist-start      2
                35   T1  persist-done       2
                40   T1  persist-start      3
                45   T1  persist-start      4
                50   T1  measurement-end    0
                60   T1  persist-done       3
                """))
        let persist = try #require(outcome.stages[.persist])
        #expect(spans.map(line) == ["persist 2 T1 5.0 ms"])
        #expect(persist.counts.starts == 3)
        #expect(persist.counts.dones == 3)
        #expect(persist.counts.paired == 1)
        #expect(persist.counts.startedBefore == 1)
        #expect(persist.counts.unmatchedDones == 1)
        #expect(persist.counts.open == 2)
        #expect(persist.openStarts == [40_000_000, 45_000_000])
        #expect(persist.flight.openNanoseconds == 15_000_000)
        #expect(persist.flight.carriedInNanoseconds == 10_000_000)
        #expect(outcome.eventCounts[.persistDone] == 3)
        #expect(outcome.eventCounts[.requestStart] == 0)
    }

    @Test("a repeated start overwrites and a repeated done is unmatched: both are counted, and the books balance")
    func duplicates() throws {
        let (spans, outcome) = pairedByRequest(
            timeline(
                """
                0   T1  request-start  1
                1   T1  request-start  1
                5   T1  request-done   1
                6   T1  request-done   1
                """))
        let counts = try #require(outcome.stages[.request]).counts
        #expect(spans.map(line) == ["request 1 T1 4.0 ms"])
        #expect(counts.overwrittenStarts == 1)
        #expect(counts.unmatchedDones == 1)
        #expect(counts.isBalanced)
        #expect(outcome.stages[.outboundNetwork]?.counts.open == 1)
        #expect(outcome.stages[.outboundNetwork]?.openStarts == [])
    }

    @Test("an event out of its order makes a negative span inside the window, and ends nothing from before it")
    func outOfOrder() throws {
        let (spans, outcome) = pairedByRequest(
            timeline(
                """
                5   T1  measurement-start  0
                9   T1  persist-start      1
                8   T1  persist-done       1
                9   T1  persist-start      2
                4   T1  persist-done       2
                20  T1  measurement-end    0
                """))
        let counts = try #require(outcome.stages[.persist]).counts
        #expect(spans.map(line) == ["persist 1 T1 -1.0 ms"])
        #expect(counts.negative == 1)
        #expect(counts.open == 1)
        #expect(counts.isBalanced)
    }

    static let openLoop = """
        0    T1  measurement-start  0
        10   T1  request-due        1  late=10
        10   T1  request-start      1
        12   T2  request-done       1
        12   T1  request-due        2  late=7
        12   T1  request-start      2
        20   T1  request-done       2
        50   T1  measurement-end    0
        """

    @Test("a response is counted from the instant at which its request was due, and the request from its start")
    func response() throws {
        let (spans, outcome) = pairedByRequest(timeline(Self.openLoop))
        #expect(
            spans.filter { $0.stage == .request || $0.stage == .response }.map(line) == [
                "request 1 T1→T2 2.0 ms", "response 1 T1→T2 12.0 ms", "request 2 T1 8.0 ms", "response 2 T1 15.0 ms",
            ])
        #expect(spans.first { $0.stage == .response }?.start == 0)
        let flight = try #require(outcome.stages[.response]?.flight)
        #expect(flight.countedNanoseconds == 27_000_000)
        #expect(flight.spanNanoseconds == 27_000_000)
        #expect(outcome.eventCounts[.requestDue] == 2)
    }

    @Test("a closed loop has no responses, not even ones that are missing")
    func noResponse() {
        let (spans, outcome) = pairedByRequest(timeline(Self.oneRequest))
        #expect(outcome.stages[.response] == nil)
        #expect(!spans.contains { $0.stage == .response })
    }

    @Test("what was due before the window began before it, and what was due in it is open when it is done behind it")
    func responseAtTheEdges() throws {
        let (spans, outcome) = pairedByRequest(
            timeline(
                """
                10   T1  measurement-start  0
                12   T1  request-due        1  late=5
                12   T1  request-start      1
                20   T1  request-done       1
                30   T1  request-due        2
                30   T1  request-start      2
                50   T1  measurement-end    0
                55   T1  request-due        3  late=15
                55   T1  request-start      3
                60   T1  request-done       2
                61   T1  request-due        4  late=2
                65   T1  request-due        2  late=16
                """))
        let response = try #require(outcome.stages[.response])
        // Request 1 started in the window, though it was due before.
        #expect(spans.map(line).filter { $0.hasPrefix("re") } == ["request 1 T1 8.0 ms"])
        #expect(response.counts.starts == 3)
        #expect(response.counts.dones == 1)
        #expect(response.counts.startedBefore == 1)
        #expect(response.counts.open == 3)
        #expect(response.counts.overwrittenStarts == 0)
        #expect(response.openStarts == [30_000_000, 40_000_000, 49_000_000])
        #expect(response.flight.carriedInNanoseconds == 10_000_000)
        #expect(response.flight.countedNanoseconds == 41_000_000)
        // Behind the window, requests are followed for their responses alone.
        #expect(outcome.stages[.request]?.counts.starts == 2)
        #expect(outcome.eventCounts[.requestDue] == 2)
    }

    @Test("in an open loop a request that was never due is a done without a start, and one due twice a repeated start")
    func orphanedResponses() throws {
        let (_, outcome) = pairedByRequest(
            timeline(
                """
                0   T1  request-start  1
                1   T1  request-due    2
                2   T1  request-due    2
                3   T1  request-done   1
                4   T1  request-due    3
                9   T1  request-done   2
                """))
        let counts = try #require(outcome.stages[.response]).counts
        #expect(counts.starts == 3)
        #expect(counts.overwrittenStarts == 1)
        #expect(counts.unmatchedDones == 1)
        #expect(counts.paired == 1)
        #expect(counts.open == 1)
        #expect(counts.isBalanced)
    }

    @Test("a request is forgotten once it and its write are done, even when its permit was never seen")
    func memory() {
        var pairer = RequestPairer(
            window: TraceWindow(start: 0, end: 1_000_000), writes: .asynchronous)
        for request in 0..<UInt64(10_000) {
            let time = Int64(request) * 10
            pairer.add(Event(nanoseconds: time, kind: .requestStart, request: request)) { _ in }
            pairer.add(Event(nanoseconds: time + 1, kind: .persistStart, request: request)) { _ in }
            pairer.add(Event(nanoseconds: time + 2, kind: .requestDone, request: request)) { _ in }
            #expect(pairer.requestsHeld == 1)
            pairer.add(Event(nanoseconds: time + 3, kind: .persistDone, request: request)) { _ in }
            #expect(pairer.requestsHeld == 0)
        }
    }

    @Test("times at the ends of the number line are paired without a trap")
    func extremeTimes() throws {
        let events = [
            Event(nanoseconds: .min, kind: .persistStart, request: 1),
            Event(nanoseconds: .min, kind: .requestDue, request: 2, value: .max),
            Event(nanoseconds: 0, kind: .requestDue, request: 3, value: .min),
            Event(nanoseconds: .max, kind: .persistDone, request: 1),
            Event(nanoseconds: .max, kind: .requestDone, request: 2),
        ]
        let (spans, outcome) = pairedByRequest(events)
        #expect(spans.first?.elapsedNanoseconds == .max)
        #expect(outcome.stages[.persist]?.counts.paired == 1)
        #expect(outcome.stages[.response]?.counts.paired == 1)
    }
}
