import Quantities
import Randomness
import Testing
import Timekeeping
import TraceModel

@testable import Simulation

/// A run in virtual time, with every event in memory.
struct SimulatedRun {
    let events: [Event]
    let outcome: WindowOutcome?

    /// - Parameter stopAfter: How many requests are done when the run is stopped early; nil lets it run to the end.
    init(_ parameters: SystemParameters, stopAfter: Int? = nil) {
        let runtime = VirtualRuntime()
        let sink = MemorySink(runtime: runtime)
        let system = SystemUnderTest(parameters: parameters, runtime: runtime, sink: sink)
        if let stopAfter { sink.after(stopAfter, of: .requestDone) { system.stop() } }
        do throws(Deadlock) {
            outcome = try system.run()
        } catch {
            Issue.record("\(error)")
            outcome = nil
        }
        events = sink.events
    }

    /// The times at which something happened to each request.
    func times(of kind: EventKind) -> [UInt64: Int64] {
        var times: [UInt64: Int64] = [:]
        for event in events where event.kind == kind { times[event.request] = event.nanoseconds }
        return times
    }

    func requests(with kind: EventKind) -> [UInt64] { events.filter { $0.kind == kind }.map(\.request) }

    /// From one event of a request to another of the same, for all requests that have both.
    func durations(from start: EventKind, to end: EventKind) -> [Int64] {
        let starts = times(of: start)
        return events.filter { $0.kind == end }.compactMap { event in
            starts[event.request].map { event.nanoseconds - $0 }
        }
    }
}

extension SystemParameters {
    /// The original's values, with a minute's window after five seconds.
    static let original = SystemParameters(
        clientCount: 15, permits: .shared(8), writes: .asynchronous,
        writeDelay: Delay(terms: [constant(.milliseconds(50)), normal(.milliseconds(10), .milliseconds(5))]),
        networkDelay: Delay(terms: [constant(.microseconds(500)), normal(.milliseconds(1), .microseconds(100))]),
        thinkTime: Delay(.seconds(1)), start: .herd, warmUp: .seconds(5), measure: .seconds(60), seed: 1)

    /// The same with some of them changed.
    func with(_ change: (inout SystemParameters) -> Void) -> SystemParameters {
        var parameters = self
        change(&parameters)
        return parameters
    }

    private static func constant(_ duration: Duration) -> Delay.Term { .constant(ConstantDistribution(duration)) }

    private static func normal(_ mean: Duration, _ deviation: Duration) -> Delay.Term {
        .normal(NormalDistribution(mean: mean, standardDeviation: deviation))
    }
}

/// Keeps events in the order in which they come, with the runtime's time.
final class MemorySink: EventSink {
    private struct State {
        var events: [Event] = []
        var counted: EventKind?
        var countLeft = 0
        var action: (@Sendable () -> Void)?
    }

    private let state = Guarded(State())
    private let time: @Sendable (EventKind) -> Duration

    convenience init(runtime: any ConcurrencyRuntime) { self.init { _ in runtime.now } }

    /// - Parameter time: What each event of a kind is stamped with.
    init(time: @escaping @Sendable (EventKind) -> Duration) { self.time = time }

    var events: [Event] { state.withLock { $0.events } }

    /// Does something once, when so many events of a kind have come.
    func after(_ count: Int, of kind: EventKind, do action: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.counted = kind
            state.countLeft = count
            state.action = action
        }
    }

    func record(_ kind: EventKind, request: UInt64, client: UInt32, value: Int64) {
        let action = state.withLock { state -> (@Sendable () -> Void)? in
            state.events.append(
                Event(
                    nanoseconds: time(kind).inNanoseconds, kind: kind, request: request, client: client, value: value))
            guard kind == state.counted else { return nil }
            state.countLeft -= 1
            return state.countLeft == 0 ? state.action : nil
        }
        action?()
    }
}
