import Pairing
import Testing
import TraceModel

@Suite("TwofoldPairer")
struct TwofoldPairerTests {
    @Test(
        "spans and books are those of the two pairers, each by itself", arguments: TraceShape.allCases,
        0..<UInt64(150))
    func likeTheTwo(shape: TraceShape, seed: UInt64) {
        for writes in Writes.allCases {
            let events = randomEvents(shape, seed: seed, hasMarkers: seed % 3 != 0)
            let window = window(of: events)
            var pairer = TwofoldPairer(window: window, writes: writes)
            var (requests, threads): ([Span], [Span]) = ([], [])
            for event in events {
                pairer.add(event) {
                    requests.append($0)
                } byThread: {
                    threads.append($0)
                }
            }
            let outcome = pairer.finish()
            let byRequest = run(RequestPairer(window: window, writes: writes), events)
            let byThread = run(ThreadPairer(window: window), events)
            #expect(requests == byRequest.spans && outcome.byRequest == byRequest.outcome)
            #expect(threads == byThread.spans && outcome.byThread == byThread.outcome)
        }
    }
}
