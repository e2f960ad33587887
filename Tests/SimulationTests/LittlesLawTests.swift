import Randomness
import Simulation
import Testing
import TraceModel

// L = λW (Little 1961, doi:10.1287/opre.9.3.383) is a theorem about averages in the long run. In a window that opens and
// closes over a running system it is exact once the parts of the spans that lie outside are accounted for (Jewell 1967,
// doi:10.1287/opre.15.6.1109; Little 2011, doi:10.1287/opre.1110.0940): the integral of how many are in a stage is the sum
// of the spans' overlaps with the window. One side is a sweep that sees increments and no requests, the other sees
// requests and no order, so both agree only if each start has its own done.

@Suite("Little's law", .timeLimit(.minutes(5)))
struct LittlesLawTests {
    /// A stage, by the events that begin and end it.
    struct Passage {
        let name: String
        let starts: Set<EventKind>
        let dones: Set<EventKind>
    }

    static let systems: [SystemParameters] = [
        .original,
        .original.with { $0.clientCount = 135 },
        .original.with { $0.clientCount = 1000 },
        .original.with {
            $0.clientCount = 200
            $0.writes = .synchronous
        },
        .original.with {
            $0.clientCount = 60
            $0.arrivals = .poisson(perSecond: 150)
        },
    ]

    @Test("concurrency integrated over the window is the sum of the spans in it, in every stage", arguments: systems)
    func exact(parameters: SystemParameters) {
        let run = SimulatedRun(parameters)
        let asked: Set<EventKind> = [.requestBlock, .requestNonblock]
        let answered: Set<EventKind> = parameters.writes == .synchronous ? [.persistDone] : [.persistStart]
        for passage in [
            Passage(name: "request", starts: [.requestStart], dones: [.requestDone]),
            Passage(name: "network there", starts: [.requestStart], dones: asked),
            Passage(name: "queue wait", starts: asked, dones: [.persistStart]),
            Passage(name: "persist", starts: [.persistStart], dones: [.persistDone]),
            Passage(name: "persist on its green thread", starts: [.persistAsyncStart], dones: [.persistDone]),
            Passage(name: "network back", starts: answered, dones: [.requestDone]),
        ] {
            expectLaw(of: passage, in: run, "\(passage.name) at \(parameters.clientCount) clients")
        }
    }

    private func expectLaw(of passage: Passage, in run: SimulatedRun, _ name: Comment) {
        let window = run.window
        let integral = concurrencyIntegral(of: passage, in: run.events, over: window)
        let spans = spans(of: passage, in: run.events)
        let overlaps = spans.reduce(Int64(0)) { sum, span in
            sum + max(0, min(span.done ?? .max, window.upperBound) - max(span.start, window.lowerBound))
        }
        #expect(integral == overlaps, name)
        // L·T = λT·W, less what those that were done in the window had behind them when it opened, and with what those
        // that are still open have behind them when it closes.
        let done = spans.filter { $0.done.map(window.contains) ?? false }
        let whole = done.reduce(Int64(0)) { $0 + ($1.done ?? 0) - $1.start }
        let before = done.reduce(Int64(0)) { $0 + max(0, window.lowerBound - $1.start) }
        let open = spans.filter { $0.start < window.upperBound && $0.done ?? .max > window.upperBound }
        let behind = open.reduce(Int64(0)) { $0 + window.upperBound - max($1.start, window.lowerBound) }
        #expect(integral == whole - before + behind, name)
        #expect(done.count > 500, name)
    }
}

private func spans(of passage: LittlesLawTests.Passage, in events: [Event]) -> [(start: Int64, done: Int64?)] {
    var dones: [UInt64: Int64] = [:]
    for event in events where passage.dones.contains(event.kind) { dones[event.request] = event.nanoseconds }
    return events.filter { passage.starts.contains($0.kind) }.map { ($0.nanoseconds, dones[$0.request]) }
}

/// In nanoseconds of all that pass.
private func concurrencyIntegral(
    of passage: LittlesLawTests.Passage, in events: [Event], over window: ClosedRange<Int64>
) -> Int64 {
    var (count, last, integral) = (Int64(0), window.lowerBound, Int64(0))
    for event in events {
        let now = min(max(event.nanoseconds, window.lowerBound), window.upperBound)
        integral += count * (now - last)
        last = now
        if passage.starts.contains(event.kind) { count += 1 }
        if passage.dones.contains(event.kind) { count -= 1 }
    }
    return integral + count * (window.upperBound - last)
}
