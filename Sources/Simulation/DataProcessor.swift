import Randomness
import Timekeeping
import TraceModel

/// Takes a permit for each request, at once or in its turn, and enqueues the write that the permit stands for.
final class DataProcessor<Runtime: ConcurrencyRuntime>: Sendable {
    private let permits: Permits<Runtime>
    private let store: PersistentStore<Runtime>
    private let writeDelay: Delay
    private let writes: SystemParameters.WriteMode
    private let runtime: Runtime
    private let tally: Tally

    init(
        permits: Permits<Runtime>, store: PersistentStore<Runtime>, writeDelay: Delay,
        writes: SystemParameters.WriteMode, runtime: Runtime, tally: Tally
    ) {
        self.permits = permits
        self.store = store
        self.writeDelay = writeDelay
        self.writes = writes
        self.runtime = runtime
        self.tally = tally
    }

    /// What the next write takes.
    func draw(from draws: inout RandomStream) -> Duration { tally.draw(writeDelay, from: &draws) }

    /// Returns when the write is enqueued or, if writes are synchronous, done.
    ///
    /// - Parameter delay: What the write takes.
    func process(_ request: Request, writing delay: Duration) async throws(Cancellation) {
        let isImmediate = try await permits.take(for: request) { tally.record(.requestBlock, of: request) }
        if isImmediate { tally.record(.requestNonblock, of: request) }
        switch writes {
        case .asynchronous:
            store.write(Write(request: request, delay: delay))
        case .synchronous:
            try await write(request, taking: delay)
        }
    }

    // A function of its own, so that those who do not wait for their writes have no room for it in their frames.
    @inline(never)
    private func write(_ request: Request, taking delay: Duration) async throws(Cancellation) {
        let isDone = await runtime.suspend(Wait(.clientForWrite, UInt64(request.client))) { waiter in
            store.write(Write(request: request, delay: delay, waiter: waiter))
        }
        guard isDone else { throw Cancellation() }
    }

    /// Nobody gets a permit any more, and idle writers end.
    func shutDown() {
        permits.close()
        store.close()
    }
}
