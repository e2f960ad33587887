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
            let isOpenLoop = events.contains { reference.isStart($0, of: .response) }
            #expect(outcome.stages.keys.contains(.response) == isOpenLoop)
            #expect(Set(outcome.stages.keys).union([.response]) == Set(Stage.allCases))
            for stage in outcome.stages.keys {
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
        let isOpenLoop = events.contains { reference.isStart($0, of: .response) }
        #expect(outcome.stages.keys.contains(.response) == isOpenLoop)
        #expect(Set(outcome.stages.keys).union([.response]) == [.request, .response, .persist, .persistAsync])
        for (stage, books) in outcome.stages {
            #expect(spans.filter { $0.stage == stage } == reference.spans(stage), "\(stage)")
            #expect(books.counts == reference.counts(stage), "\(stage)")
        }
    }

    @Test("the random traces are of closed and of open loops, with responses that cross each edge of the window")
    func variety() {
        var (open, closed, before, behind) = (0, 0, 0, 0)
        for seed in 0..<UInt64(150) {
            let events = randomEvents(.orderly, seed: seed, hasMarkers: seed % 3 != 0)
            guard let response = pairedByRequest(events).outcome.stages[.response] else {
                closed += 1
                continue
            }
            open += 1
            before += response.counts.startedBefore
            let end = window(of: events).end
            behind += events.count { $0.kind == .requestDue && $0.nanoseconds > end && $0.dueNanoseconds <= end }
        }
        #expect(open > 30 && closed > 30)
        #expect(before > 10)
        #expect(behind > 10)
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
