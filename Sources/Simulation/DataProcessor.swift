import Randomness
import Timekeeping
import TraceModel

/// Takes a permit for each request, at once or in its turn, and enqueues the write that the permit stands for.
struct DataProcessor<Runtime: ConcurrencyRuntime, Sink: EventSink>: Sendable {
    let permits: Permits
    let store: PersistentStore<Runtime, Sink>
    let writeDelay: Delay
    let writes: SystemParameters.WriteMode
    let tally: Tally<Sink>

    /// Returns when the write is enqueued or, if writes are synchronous, done.
    func process(_ request: Request, drawingFrom draws: inout RandomStream) async throws(CancellationError) {
        switch permits.take() {
        case .granted:
            tally.record(.requestNonblock, of: request)
        case .queued(let place):
            tally.record(.requestBlock, of: request)
            try await permits.wait(at: place)
        }
        let delay = tally.draw(writeDelay, from: &draws)
        switch writes {
        case .asynchronous:
            store.write(request, taking: delay) {}
        case .synchronous:
            // Resumed exactly once: the store calls back at the end of each write, finished or cancelled.
            await withUnsafeContinuation { continuation in
                store.write(request, taking: delay) { continuation.resume() }
            }
        }
    }
}
