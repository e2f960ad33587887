import Randomness
import Simulation
import Testing
import TraceModel

// L = λW (Little 1961, doi:10.1287/opre.9.3.383) is a theorem about averages in the long run. In a window that opens and
// closes over a running system it is exact once the parts of the spans that lie outside are accounted for (Jewell 1967,
// doi:10.1287/opre.15.6.1109; Little 2011, doi:10.1287/opre.1110.0940): the integral of how many are in a stage is the sum
// of the spans' overlaps with the window. One side is a sweep that sees increments and no requests, the other sees
// requests and no order, so both agree only if each start has its own done.

@Suite("Little's law", .timeLimit(.minutes(1)))
struct LittlesLawTests {
    /// A way through the system, by what begins and ends it.
    struct Way: CustomTestStringConvertible {
        let name: String
        let starts: Set<EventKind>
        let done: EventKind
        var testDescription: String { name }
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
        let back: EventKind = parameters.writes == .synchronous ? .persistDone : .persistStart
        let ways = [
            Way(name: "request", starts: [.requestStart], done: .requestDone),
            Way(name: "queue wait", starts: [.requestBlock, .requestNonblock], done: .persistStart),
            Way(name: "blocked", starts: [.requestBlock], done: .persistStart),
            Way(name: "persist", starts: [.persistStart], done: .persistDone),
            Way(name: "persist on its green thread", starts: [.persistAsyncStart], done: .persistDone),
            Way(name: "network back", starts: [back], done: .requestDone),
        ]
        for way in ways { expectLaw(of: way, in: run, parameters) }
        expectLawOfWayThere(in: run, parameters)
    }

    /// The way there has two ends, and a request one of them.
    private func expectLawOfWayThere(in run: SimulatedRun, _ parameters: SystemParameters) {
        var whole = run.events
        for index in whole.indices where whole[index].kind == .requestBlock { whole[index].kind = .requestNonblock }
        let way = Way(name: "network there", starts: [.requestStart], done: .requestNonblock)
        expectLaw(of: way, in: whole, over: run.window, parameters)
    }

    private func expectLaw(of way: Way, in run: SimulatedRun, _ parameters: SystemParameters) {
        // Only those that were blocked are followed to their writes where that is the way.
        let blocked = Set(run.requests(with: .requestBlock))
        let events =
            way.name == "blocked" ? run.events.filter { blocked.contains($0.request) } : run.events
        expectLaw(of: way, in: events, over: run.window, parameters)
    }

    private func expectLaw(
        of way: Way, in events: [Event], over window: ClosedRange<Int64>, _ parameters: SystemParameters
    ) {
        let integral = concurrencyIntegral(of: way, in: events, over: window)
        let spans = spans(of: way, in: events)
        let overlaps = spans.reduce(Int64(0)) { sum, span in
            sum + max(0, min(span.done ?? .max, window.upperBound) - max(span.start, window.lowerBound))
        }
        #expect(integral == overlaps, "\(way.name) at \(parameters.clientCount) clients")
        // L·T = λT·W, less what those that were done in the window had behind them when it opened, and with what those
        // that are still open have behind them when it closes.
        let done = spans.filter { $0.done.map(window.contains) ?? false }
        let whole = done.reduce(Int64(0)) { $0 + ($1.done ?? 0) - $1.start }
        let before = done.reduce(Int64(0)) { $0 + max(0, window.lowerBound - $1.start) }
        let open = spans.filter { $0.start < window.upperBound && $0.done ?? .max > window.upperBound }
        let behind = open.reduce(Int64(0)) { $0 + window.upperBound - max($1.start, window.lowerBound) }
        #expect(integral == whole - before + behind, "\(way.name) at \(parameters.clientCount) clients")
        #expect(way.name == "blocked" || done.count > 500)
    }
}

private func spans(of way: LittlesLawTests.Way, in events: [Event]) -> [(start: Int64, done: Int64?)] {
    var dones: [UInt64: Int64] = [:]
    for event in events where event.kind == way.done { dones[event.request] = event.nanoseconds }
    return events.filter { way.starts.contains($0.kind) }.map { ($0.nanoseconds, dones[$0.request]) }
}

/// In nanoseconds of all that are on the way.
private func concurrencyIntegral(
    of way: LittlesLawTests.Way, in events: [Event], over window: ClosedRange<Int64>
) -> Int64 {
    var (count, last, integral) = (Int64(0), window.lowerBound, Int64(0))
    for event in events {
        let now = min(max(event.nanoseconds, window.lowerBound), window.upperBound)
        integral += count * (now - last)
        last = now
        if way.starts.contains(event.kind) { count += 1 }
        if event.kind == way.done { count -= 1 }
    }
    return integral + count * (window.upperBound - last)
}
