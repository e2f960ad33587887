import Pairing
import Testing
import TraceModel

@Suite("What pairing by request sees besides the window")
struct RequestPairerWarmUpTests {
    @Test("what was done before the window or reaches into it is handed out, marked, and is not in the books")
    func outsideTheWindow() {
        let events = timeline(
            """
            0    T1  request-start     1
            2    T1  request-done      1
            3    T1  request-start     2
            4    T1  measurement-start
            5    T1  request-done      2
            6    T1  request-start     3
            8    T1  request-done      3
            9    T1  request-start     4
            10   T1  measurement-end
            11   T1  request-done      4
            """)
        let (spans, outcome) = run(
            RequestPairer(window: window(of: events), writes: .asynchronous), events)
        #expect(
            spans.map { line($0) + ($0.isInWindow ? "" : " outside") } == [
                "request 1 T1 2.0 ms outside", "think 1→2 T1 1.0 ms outside", "request 2 T1 2.0 ms outside",
                "think 2→3 T1 1.0 ms", "request 3 T1 2.0 ms", "think 3→4 T1 1.0 ms",
            ])
        #expect(outcome.stages[.request]?.counts.paired == 1)
        #expect(outcome.stages[.request]?.counts.startedBefore == 1)
        #expect(outcome.stages[.think]?.counts.paired == 2)
    }

    @Test("clients are counted once each, up to the window's end")
    func clientsSeen() {
        var pairer = RequestPairer(window: TraceWindow(start: 10, end: 20, hasEndMarker: true), writes: .asynchronous)
        for (time, client) in [(0, 7), (1, 7), (12, 8), (19, 7), (20, 9), (21, 10)] as [(Int64, UInt32)] {
            pairer.add(Event(nanoseconds: time, kind: .requestStart, request: UInt64(time), client: client)) { _ in }
        }
        #expect(pairer.clientsSeen == 2)
    }
}
