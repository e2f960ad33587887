import Pairing
import Testing
import TraceModel

@Suite("The pairers against pairing by definition")
struct ReferencePairingTests {
    @Test(
        "spans, counts and flight time by request are those of the definition",
        arguments: TraceShape.allCases, 0..<UInt64(150))
    func byRequest(shape: TraceShape, seed: UInt64) {
        for writes in Writes.allCases {
            let events = randomEvents(shape, seed: seed, hasMarkers: seed % 3 != 0)
            let window = window(of: events)
            let reference = ReferencePairing(events: events, window: window, key: .request, writes: writes)
            let (spans, outcome) = run(RequestPairer(window: window, writes: writes), events)
            #expect(Set(outcome.stages.keys) == Set(Stage.allCases))
            for stage in Stage.allCases {
                #expect(spans.filter { $0.stage == stage } == reference.spans(stage), "\(writes) \(stage)")
                #expect(outcome.stages[stage]?.counts == reference.counts(stage), "\(writes) \(stage)")
                #expect(
                    outcome.stages[stage]?.flight.countedNanoseconds == reference.countedNanoseconds(stage),
                    "\(writes) \(stage)")
            }
        }
    }

    @Test(
        "spans and counts by thread are those of the definition", arguments: TraceShape.allCases, 0..<UInt64(150))
    func byThread(shape: TraceShape, seed: UInt64) {
        let events = randomEvents(shape, seed: seed, hasMarkers: seed % 3 != 0)
        let window = window(of: events)
        let reference = ReferencePairing(events: events, window: window, key: .thread, writes: .asynchronous)
        let (spans, outcome) = run(ThreadPairer(window: window), events)
        #expect(Set(outcome.stages.keys) == [.request, .persist, .persistAsync])
        for (stage, books) in outcome.stages {
            #expect(spans.filter { $0.stage == stage } == reference.spans(stage), "\(stage)")
            #expect(books.counts == reference.counts(stage), "\(stage)")
        }
    }

    @Test("in an orderly trace counting and pairing agree on the time in flight", arguments: 0..<UInt64(100))
    func flightTime(seed: UInt64) throws {
        let events = randomEvents(.orderly, seed: seed, hasMarkers: seed % 3 != 0)
        for (stage, books) in pairedByRequest(events).outcome.stages {
            let flight = books.flight
            let carriedIn = try #require(flight.carriedInNanoseconds)
            #expect(
                flight.countedNanoseconds == flight.spanNanoseconds + carriedIn + flight.openNanoseconds, "\(stage)")
            #expect(books.openStarts.count == books.counts.open)
            #expect(books.openStarts == books.openStarts.sorted())
        }
    }
}
