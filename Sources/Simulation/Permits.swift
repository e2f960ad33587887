import DequeModule
import Timekeeping

// A released permit goes straight to the next who waits; it is never free while somebody waits. So whoever comes finds
// either a free permit and nobody waiting, or takes the last place in the queue, under the same lock.
//
// A permit that was granted is not taken back: if the run ends at that moment, the wait returns as if nothing had
// happened, and the write that follows keeps the permit, for nobody will ask for it any more.

/// A fixed number of permits, given out in the order of their queue: first come, first served, if not told otherwise.
final class Permits<Runtime: ConcurrencyRuntime>: Sendable {
    private struct State {
        var freeCount: Int
        /// First come, first.
        var queue = Deque<Suspension>()
        var isClosed = false

        /// A permit that is given back after the end is free, but nobody's: those who waited for it were sent away.
        mutating func takeFree() -> Bool {
            guard freeCount > 0, !isClosed else { return false }
            freeCount -= 1
            return true
        }
    }

    /// How many permits there are, taken or free.
    let total: Int
    private let isLastInFirstOut: Bool
    private let state: Guarded<State>
    private let runtime: Runtime

    init(total: Int, queue: SystemParameters.QueueDiscipline = .fifo, runtime: Runtime) {
        precondition(total > 0, "\(total) permits")
        self.total = total
        isLastInFirstOut = queue == .lifo
        self.runtime = runtime
        state = Guarded(State(freeCount: total))
    }

    /// Takes a permit: a free one at once, or else waits for its turn.
    ///
    /// - Parameter willWait: Called before the wait, if there is one, while nobody else can take or give a permit.
    /// - Returns: Whether it was at once.
    /// - Throws: `Cancellation` when the permits are closed; then no permit has been taken.
    @inline(__always)
    func take(for request: Request, willWait: () -> Void) async throws(Cancellation) -> Bool {
        if state.withLock({ $0.takeFree() }) { return true }
        var isImmediate = false
        let isGranted = await runtime.suspend(Wait(.clientForPermit, UInt64(request.client))) { waiter in
            // Asked again, for one may have become free meanwhile. Nil: it waits.
            let answer: Bool? = state.withLock { state in
                if state.isClosed { return false }
                if state.takeFree() { return true }
                willWait()
                state.queue.append(waiter)
                return nil
            }
            isImmediate = answer == true
            if let answer { waiter.resume(returning: answer) }
        }
        guard isGranted else { throw Cancellation() }
        return isImmediate
    }

    /// Gives a permit back: to the next who waits for one, if anybody does.
    func release() {
        let next = state.withLock { state -> Suspension? in
            if let next = isLastInFirstOut ? state.queue.popLast() : state.queue.popFirst() { return next }
            state.freeCount += 1
            precondition(state.freeCount <= total, "\(state.freeCount) of \(total) permits are free")
            return nil
        }
        next?.resume(returning: true)
    }

    /// Ends the wait of all who wait, in their order, and of all who will.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.queue.removeAll() }
            return Array(state.queue)
        }
        for waiter in waiting { waiter.resume(returning: false) }
    }
}
