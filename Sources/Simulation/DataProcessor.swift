import Randomness
import Timekeeping
import TraceModel

/// Takes a permit for each request, at once or in its turn, and enqueues the write that the permit stands for.
struct DataProcessor<Runtime: ConcurrencyRuntime>: Sendable {
    let permits: Permits<Runtime>
    let store: PersistentStore<Runtime>
    let writeDelay: Delay
    let writes: SystemParameters.WriteMode
    let runtime: Runtime
    let tally: Tally

    /// Returns when the write is enqueued or, if writes are synchronous, done.
    func process(_ request: Request, drawingFrom draws: inout RandomStream) async throws(CancellationError) {
        let isImmediate = try await permits.take(for: request) { tally.record(.requestBlock, of: request) }
        if isImmediate { tally.record(.requestNonblock, of: request) }
        let delay = tally.draw(writeDelay, from: &draws)
        switch writes {
        case .asynchronous:
            store.write(Write(request: request, delay: delay))
        case .synchronous:
            let isDone = await runtime.suspend(Wait("client", UInt64(request.client), for: "its write")) { waiter in
                store.write(Write(request: request, delay: delay, waiter: waiter))
            }
            guard isDone else { throw CancellationError() }
        }
    }

    /// Nobody gets a permit any more, and idle writers end.
    func shutDown() {
        permits.close()
        store.close()
    }
}
