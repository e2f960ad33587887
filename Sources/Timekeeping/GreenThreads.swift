import Synchronization

/// Starts the green threads of one runtime, counts them, and says when the last one has ended.
final class GreenThreads: Sendable {
    /// One more than there are green threads that have not ended; as many, once closed. So it reaches zero once, after
    /// `close()`: a green thread that is started by one that has not ended cannot come too late.
    private let liveCount = Atomic(1)
    private let isClosed = Atomic(false)
    private let onClosing: @Sendable () -> Void
    private let onAllEnded: @Sendable () -> Void

    /// - Parameters:
    ///   - onClosing: Called once, when the first green thread's body has returned: to cancel what the others wait for.
    ///   - onAllEnded: Called once, later, by the last green thread as it ends.
    init(onClosing: @escaping @Sendable () -> Void, onAllEnded: @escaping @Sendable () -> Void) {
        self.onClosing = onClosing
        self.onAllEnded = onAllEnded
    }

    /// How many have not ended.
    var count: Int { liveCount.load(ordering: .relaxed) - (isClosed.load(ordering: .relaxed) ? 0 : 1) }

    /// Starts a green thread on the executor; nil is the default one.
    @discardableResult
    func start(
        on executor: (any TaskExecutor)?, _ body: @escaping @Sendable () async -> Void
    ) -> Task<Void, Never> {
        liveCount.wrappingAdd(1, ordering: .relaxed)
        return Task.detached(executorPreference: executor) {
            await body()
            self.end()
        }
    }

    /// Starts the first green thread; when its body has returned, the others are to end.
    func startFirst(on executor: (any TaskExecutor)?, _ body: @escaping @Sendable () async -> Void) {
        start(on: executor) {
            await body()
            self.close()
        }
    }

    private func close() {
        let wasClosed = isClosed.exchange(true, ordering: .relaxed)
        precondition(!wasClosed, "a runtime was run twice")
        onClosing()
        // Not the last one: the first green thread, which closes, has not ended.
        liveCount.wrappingSubtract(1, ordering: .relaxed)
    }

    private func end() {
        if liveCount.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 { onAllEnded() }
    }
}
