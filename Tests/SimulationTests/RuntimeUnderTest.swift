import Glibc
import TestSupport
import Testing
import Timekeeping
import TraceModel

@testable import Simulation

/// Every runtime that the model may run on, and with it both clocks.
enum RuntimeUnderTest: CaseIterable, CustomTestStringConvertible {
    case oneWorker, twoWorkers, eightWorkers, dispatch, threads, virtual

    var testDescription: String { "\(self)" }

    /// Runs the system until so many requests are done in its window: by counts and not by time, so that a machine under
    /// load may take as long as it needs, and virtual time is stopped the same way.
    func run(_ parameters: SystemParameters, until doneCount: Int) async -> EveryRuntimeRun {
        await onForeignThread {
            switch self {
            case .oneWorker: start(parameters, until: doneCount, on: GreenThreadRuntime(workerCount: 1))
            case .twoWorkers: start(parameters, until: doneCount, on: GreenThreadRuntime(workerCount: 2))
            case .eightWorkers: start(parameters, until: doneCount, on: GreenThreadRuntime(workerCount: 8))
            case .dispatch: start(parameters, until: doneCount, on: DispatchRuntime())
            case .threads: start(parameters, until: doneCount, on: ThreadRuntime())
            case .virtual: start(parameters, until: doneCount, on: VirtualRuntime())
            }
        }
    }
}

/// What came of a run on any runtime.
struct EveryRuntimeRun: Sendable {
    /// All events, in an order in which they can have happened: each took its place while no other could, before whoever
    /// recorded it went on.
    let events: [Event]
    let outcome: WindowOutcome?
}

private func start(
    _ parameters: SystemParameters, until doneCount: Int, on base: some ConcurrencyRuntime
) -> EveryRuntimeRun {
    let runtime = ReadingRuntime(base)
    let sink = MemorySink { kind in kind == .requestDue ? runtime.lastReading : base.now }
    let system = SystemUnderTest(parameters: parameters, runtime: runtime, sink: sink)
    sink.after(1, of: .measurementStart) { sink.after(doneCount, of: .requestDone) { system.stop() } }
    do throws(Deadlock) {
        let outcome = try system.run()
        return EveryRuntimeRun(events: sink.events, outcome: outcome)
    } catch {
        Issue.record("\(error)")
        return EveryRuntimeRun(events: sink.events, outcome: nil)
    }
}

/// A runtime that remembers what each OS thread last read from the clock.
///
/// The model reads the clock to tell how late a request is and records that without suspending in between. Stamped with
/// this very reading, the event says when the request was due, to the nanosecond, on a wall clock too.
private final class ReadingRuntime<Base: ConcurrencyRuntime>: ConcurrencyRuntime {
    private let base: Base
    private let readings = Guarded<[pthread_t: Duration]>([:])

    init(_ base: Base) { self.base = base }

    var now: Duration {
        let now = base.now
        readings.withLock { $0[pthread_self()] = now }
        return now
    }

    /// What the calling OS thread read last.
    var lastReading: Duration { readings.withLock { $0[pthread_self()] ?? .zero } }

    func sleep(for duration: Duration) async throws(Cancellation) { try await base.sleep(for: duration) }

    func suspend(_ wait: Wait, _ begin: (Suspension) -> Void) async -> Bool { await base.suspend(wait, begin) }

    func spawn(_ body: @escaping @Sendable () async -> Void) { base.spawn(body) }

    func run(_ body: @escaping @Sendable () async -> Void) throws(Deadlock) { try base.run(body) }
}
