import Quantities
import Synchronization
import Timekeeping
import TraceModel

/// Writes to a store that is, by design, never asked for more writes at once than there are permits.
final class PersistentStore<Runtime: ConcurrencyRuntime, Sink: EventSink>: Sendable {
    private let permits: Permits
    private let runtime: Runtime
    private let tally: Tally<Sink>
    private let inProgressCount = Atomic(0)

    init(permits: Permits, runtime: Runtime, tally: Tally<Sink>) {
        self.permits = permits
        self.runtime = runtime
        self.tally = tally
    }

    /// Enqueues the write, which goes on by itself on a green thread of its own, and gives its permit back at its end.
    ///
    /// - Parameters:
    ///   - request: The request that it belongs to, which has taken a permit.
    ///   - delay: What the write takes.
    ///   - end: Called once at the end of the write, after its permit is free again; also when the run ends before the
    ///     write is done.
    func write(_ request: Request, taking delay: Duration, end: @escaping @Sendable () -> Void) {
        let inProgress = inProgressCount.wrappingAdd(1, ordering: .relaxed).newValue
        precondition(inProgress <= permits.total, "\(inProgress) writes in progress with \(permits.total) permits")
        tally.record(.persistStart, of: request, value: delay.inNanoseconds)
        runtime.spawn { [self] in
            tally.record(.persistAsyncStart, of: request)
            do {
                try await runtime.sleep(for: delay)
                tally.record(.persistDone, of: request)
            } catch {
                // The run is over: the write is not done, and nothing says that it is.
            }
            inProgressCount.wrappingSubtract(1, ordering: .relaxed)
            permits.release()
            end()
        }
    }
}
