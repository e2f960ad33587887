// Who owns the tasks. A task that nobody holds cannot be cancelled, and one that is held for ever is a leak: each is
// kept from its start to its end. A task is made while the lock is held, so that its end, which takes the lock to
// remove it, cannot come before it is kept.

/// The green threads of one runtime that have not ended.
final class GreenThreads: Sendable {
    private struct State {
        var tasks: [UInt64: Task<Void, Never>] = [:]
        var nextIdentifier: UInt64 = 0
        /// Whether the first green thread's body has returned, so that all others are cancelled.
        var isClosed = false
    }

    private let state = Guarded(State())
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
    var count: Int { state.withLock { $0.tasks.count } }

    /// Starts a green thread on the executor; nil is the default one. After `close()` it is cancelled from the start.
    func start(on executor: (any TaskExecutor)?, _ body: @escaping @Sendable () async -> Void) {
        let cancelled = state.withLock { state -> Task<Void, Never>? in
            let identifier = state.nextIdentifier
            state.nextIdentifier += 1
            let task = Task.detached(executorPreference: executor) {
                await body()
                self.end(identifier)
            }
            state.tasks[identifier] = task
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
        let tasks = state.withLock { state in
            precondition(!state.isClosed, "a runtime was run twice")
            state.isClosed = true
            return state.tasks.sorted { $0.key < $1.key }.map(\.value)
        }
        // Not under the lock: a cancelled sleeper may run, and end, at once.
        for task in tasks { task.cancel() }
        onClosing()
    }

    private func end(_ identifier: UInt64) {
        let isLast = state.withLock { state in
            state.tasks[identifier] = nil
            return state.isClosed && state.tasks.isEmpty
        }
        if isLast { onAllEnded() }
    }
}
