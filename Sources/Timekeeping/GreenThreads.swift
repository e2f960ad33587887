import Synchronization

// Who owns the tasks. A task that nobody holds cannot be cancelled, and one that is held for ever is a leak: each is
// kept from its start to its end. A task is made while the lock is held, so that its end, which takes the lock to
// remove it, cannot come before it is kept.
//
// There are several registers, each with a lock of its own, because a model may start a green thread for every request:
// with one register for all, workers wait for each other there more than anywhere else.
//
// Who ends last is told by one count, which has one more than there are green threads until `close()`: so it reaches
// zero once, after `close()`. A green thread that is started by one that has not ended cannot come too late.

/// The green threads of one runtime that have not ended.
final class GreenThreads: Sendable {
    private struct Register {
        var tasks: [Entry?] = []
        var free: [Int] = []
        /// Whether the first green thread's body has returned, so that all others are cancelled.
        var isClosed = false

        mutating func takePlace() -> Int {
            if let place = free.popLast() { return place }
            tasks.append(nil)
            return tasks.count - 1
        }
    }

    private struct Entry {
        let startNumber: UInt64
        let task: Task<Void, Never>
    }

    private static let registerCount = 16

    private let registers = (0..<registerCount).map { _ in Guarded(Register()) }
    private let startedCount = Atomic<UInt64>(0)
    /// One more than there are green threads that have not ended; as many, once closed.
    private let liveCount = Atomic(1)
    private let onClosing: @Sendable () -> Void
    private let onAllEnded: @Sendable () -> Void

    /// - Parameters:
    ///   - onClosing: Called once, after the first one's body has returned and the tasks of all others are cancelled.
    ///   - onAllEnded: Called once, later, by the last green thread as it ends.
    init(onClosing: @escaping @Sendable () -> Void = {}, onAllEnded: @escaping @Sendable () -> Void) {
        self.onClosing = onClosing
        self.onAllEnded = onAllEnded
    }

    /// How many have not ended.
    var count: Int { registers.reduce(0) { $0 + $1.withLock { $0.tasks.count - $0.free.count } } }

    /// Starts a green thread on the executor; nil is the default one. After `close()` it is cancelled from the start.
    func start(on executor: (any TaskExecutor)?, _ body: @escaping @Sendable () async -> Void) {
        let number = startedCount.wrappingAdd(1, ordering: .relaxed).oldValue
        liveCount.wrappingAdd(1, ordering: .relaxed)
        let register = registers[Int(truncatingIfNeeded: number % UInt64(Self.registerCount))]
        let cancelled = register.withLock { state -> Task<Void, Never>? in
            let place = state.takePlace()
            let task = Task.detached(executorPreference: executor) {
                await body()
                self.end(at: place, of: register)
            }
            state.tasks[place] = Entry(startNumber: number, task: task)
            return state.isClosed ? task : nil
        }
        cancelled?.cancel()
    }

    /// Starts the first green thread; when its body has returned, all others are cancelled.
    func startFirst(on executor: (any TaskExecutor)?, _ body: @escaping @Sendable () async -> Void) {
        start(on: executor) {
            await body()
            self.close()
        }
    }

    /// Cancels all that have not ended, in the order of their start, and all that are still to be started.
    private func close() {
        var live: [Entry] = []
        for register in registers {
            live += register.withLock { state in
                precondition(!state.isClosed, "a runtime was run twice")
                state.isClosed = true
                return state.tasks.compactMap { $0 }
            }
        }
        live.sort { $0.startNumber < $1.startNumber }
        // Not under a lock: a cancelled sleeper may run, and end, at once.
        for entry in live { entry.task.cancel() }
        onClosing()
        // Not the last one: the first green thread, which closes, has not ended.
        liveCount.wrappingSubtract(1, ordering: .relaxed)
    }

    private func end(at place: Int, of register: Guarded<Register>) {
        register.withLock { state in
            state.tasks[place] = nil
            state.free.append(place)
        }
        if liveCount.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 { onAllEnded() }
    }
}
