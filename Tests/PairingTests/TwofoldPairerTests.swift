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
            // In two parts, of which the first may be empty, and the second may be more than a page.
            let cut = Int(seed) % (events.count + 1)
            for part in [events[..<cut], events[cut...]] {
                part.withUnsafeBufferPointer { pairer.add($0, take) }
            }
            let outcome = pairer.finish()
            let byRequest = run(RequestPairer(window: window, writes: writes), events)
            let byThread = run(ThreadPairer(window: window), events)
            #expect(spans[.request] ?? [:] == Dictionary(grouping: byRequest.spans, by: \.stage))
            #expect(spans[.thread] ?? [:] == Dictionary(grouping: byThread.spans, by: \.stage))
            #expect(outcome == (byRequest.outcome, byThread.outcome))
        }
    }
}
