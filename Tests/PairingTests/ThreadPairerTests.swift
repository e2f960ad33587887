import Pairing
import Testing
import TraceModel

@Suite("Pairing by OS thread")
struct ThreadPairerTests {
    @Test("a start overwrites the thread's mark, a done clears it, and a second done finds none")
    func marks() throws {
        let (spans, outcome) = pairedByThread(
            timeline(
                """
                0    T1  persist-start  1  delay=50
                10   T1  persist-start  2  delay=50
                50   T1  persist-done   1
                60   T1  persist-done   2
                70   T2  persist-start  3  delay=50
                """))
        let counts = try #require(outcome.stages[.persist]).counts
        #expect(spans.map(line) == ["persist 2→1 T1 40.0 ms"])
        #expect(counts.starts == 3)
        #expect(counts.dones == 2)
        #expect(counts.paired == 1)
        #expect(counts.overwrittenStarts == 1)
        #expect(counts.unmatchedDones == 1)
        #expect(counts.open == 1)
        #expect(counts.mismatchedRequests == 1)
        #expect(counts.shorterThanDrawn == 1)
        #expect(counts.changedThread == 0)
        #expect(counts.isBalanced)
    }

    @Test("one done ends the write from both of its starts, each with a mark of its own")
    func bothStarts() {
        let (spans, _) = pairedByThread(
            timeline(
                """
                0   T1  request-start        1
                1   T1  persist-start        1  delay=50
                2   T2  persist-async-start  1
                3   T1  request-done         1
                52  T2  persist-done         1
                """))
        #expect(spans.map(line) == ["request 1 T1 3.0 ms", "persist-async 1 T2 50.0 ms"])
        #expect(spans.last?.drawnDelay == 50_000_000)
    }

    @Test("the marks are empty when the window opens, as if the script was attached then")
    func attachedLate() throws {
        let (spans, outcome) = pairedByThread(
            timeline(
                """
                0   T1  persist-start      1
                5   T1  measurement-start  0
                10  T1  persist-done       1
                20  T1  measurement-end    0
                """))
        let counts = try #require(outcome.stages[.persist]).counts
        #expect(spans.isEmpty)
        #expect(counts.unmatchedDones == 1)
        #expect(counts.startedBefore == 0)
        #expect(outcome.stages[.persist]?.flight.countedNanoseconds == nil)
    }

    @Test("by thread a response ends on the thread's mark, whosever it is, and one due before the window makes no span")
    func responses() throws {
        let events = timeline(
            """
            10   T1  measurement-start  0
            12   T1  request-due        1  late=5
            20   T1  request-done       1
            21   T1  request-due        2  late=3
            22   T1  request-due        3  late=1
            30   T1  request-done       2
            50   T1  measurement-end    0
            55   T1  request-due        4  late=15
            """)
        let (spans, outcome) = pairedByThread(events)
        let counts = try #require(outcome.stages[.response]).counts
        #expect(spans.map(line) == ["response 3→2 T1 9.0 ms"])
        #expect(counts.starts == 3)
        #expect(counts.startedBefore == 1)
        #expect(counts.overwrittenStarts == 1)
        #expect(counts.mismatchedRequests == 1)
        #expect(counts.open == 1)
        #expect(counts.starts == pairedByRequest(events).outcome.stages[.response]?.counts.starts)
        #expect(pairedByThread(timeline(RequestPairerTests.oneRequest)).outcome.stages[.response] == nil)
    }

    @Test("with one thread for each operation both pairings find the same spans")
    func oneThreadEach() {
        let events = timeline(
            """
            0   T1  request-start  1
            1   T2  request-start  2
            5   T2  request-done   2
            6   T1  request-done   1
            """)
        let byThread = pairedByThread(events)
        #expect(byThread.spans.map(line) == pairedByRequest(events).spans.filter { $0.stage == .request }.map(line))
        #expect(byThread.outcome.stages[.request]?.counts.mismatchedRequests == 0)
    }
}
