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
            var spans: [PairingKey: [Stage: [Span]]] = [:]
            func take(key: PairingKey, stage: Stage, _ page: UnsafeBufferPointer<Span>) {
                spans[key, default: [:]][stage, default: []] += page
            }
            for event in events {
                if pairer.isFull { pairer.handOut(take) }
                pairer.add(event)
            }
            pairer.handOut(take)
            let outcome = pairer.finish()
            let byRequest = run(RequestPairer(window: window, writes: writes), events)
            let byThread = run(ThreadPairer(window: window), events)
            #expect(spans[.request] ?? [:] == Dictionary(grouping: byRequest.spans, by: \.stage))
            #expect(spans[.thread] ?? [:] == Dictionary(grouping: byThread.spans, by: \.stage))
            #expect(outcome == (byRequest.outcome, byThread.outcome))
        }
    }
}
