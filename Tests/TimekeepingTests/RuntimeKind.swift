import TestSupport
import Testing
import Timekeeping

/// The runtimes, so that one suite asks the same of each.
enum RuntimeKind: CaseIterable {
    case greenThreads, manyWorkers, spinning, dispatch, threads, virtual

    func make() -> any ConcurrencyRuntime {
        switch self {
        case .greenThreads: GreenThreadRuntime(workerCount: 4)
        case .manyWorkers: GreenThreadRuntime(workerCount: 33)
        case .spinning: GreenThreadRuntime(workerCount: 3, spin: .microseconds(60))
        case .dispatch: DispatchRuntime()
        case .threads: ThreadRuntime()
        case .virtual: VirtualRuntime()
        }
    }
}

/// What green threads note down, in the order in which they do.
final class Notes<Note: Sendable>: Sendable {
    private let notes = Guarded<[Note]>([])

    func add(_ note: Note) { notes.withLock { $0.append(note) } }

    var all: [Note] { notes.withLock { $0 } }
}

extension ConcurrencyRuntime {
    /// Runs the body on an OS thread of its own: the suites themselves run on the default executor, whose few threads
    /// would be blocked, and a runtime on top of it with them.
    func runElsewhere(_ body: @escaping @Sendable () async -> Void) async {
        await onForeignThread {
            do throws(Deadlock) { try run(body) } catch { Issue.record("\(error)") }
        }
    }
}
