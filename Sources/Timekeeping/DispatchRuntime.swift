import Quantities

/// Green threads on Swift's default executor: as many OS threads as the machine has CPUs online, chosen by the system.
///
/// `run` blocks its OS thread, as with every runtime: called from a task of the default executor, it takes one of the
/// threads that its own green threads need.
public final class DispatchRuntime: ConcurrencyRuntime {
    private let greenThreads: GreenThreads
    private let tasks: TaskRegister
    private let active = ActiveCount()
    private let start = ContinuousClock.now

    public init() {
        let active = active
        let tasks = TaskRegister()
        self.tasks = tasks
        active.enter()
        greenThreads = GreenThreads(onClosing: { tasks.cancelAll() }, onAllEnded: { active.leave() })
    }

    public var now: Duration { ContinuousClock.now - start }

    public func sleep(for duration: Duration) async throws(Cancellation) {
        guard !Task.isCancelled else { throw Cancellation() }
        if duration > .zero {
            do {
                try await Task.sleep(for: duration, clock: .continuous)
            } catch {
                // Task.sleep throws for no other reason.
                throw Cancellation()
            }
        } else {
            await Task.yield()
            if Task.isCancelled { throw Cancellation() }
        }
    }

    public func spawn(_ body: @escaping @Sendable () async -> Void) {
        tasks.add { end in
            greenThreads.start(on: nil) {
                await body()
                end()
            }
        }
    }

    public func run(_ body: @escaping @Sendable () async -> Void) throws(Deadlock) {
        greenThreads.startFirst(on: nil, body)
        active.waitUntilNone()
    }
}

/// The tasks that have not ended: `Task.sleep` can be cancelled through its task alone.
private final class TaskRegister: Sendable {
    private struct State {
        var tasks: [UInt64: Task<Void, Never>] = [:]
        var nextNumber: UInt64 = 0
        var isCancelled = false
    }

    private let state = Guarded(State())

    /// Keeps the task that is made until it calls what it was given; after `cancelAll()` it is cancelled from the start.
    func add(_ make: (_ end: @escaping @Sendable () -> Void) -> Task<Void, Never>) {
        // Made under the lock, so that its end, which takes the lock, cannot come before it is kept.
        let cancelled = state.withLock { state -> Task<Void, Never>? in
            let number = state.nextNumber
            state.nextNumber += 1
            let task = make { self.state.withLock { $0.tasks[number] = nil } }
            state.tasks[number] = task
            return state.isCancelled ? task : nil
        }
        cancelled?.cancel()
    }

    func cancelAll() {
        let tasks = state.withLock { state in
            state.isCancelled = true
            return Array(state.tasks.values)
        }
        // Not under the lock: a cancelled sleeper may run, and end, at once.
        for task in tasks { task.cancel() }
    }
}
