import DequeModule
import Timekeeping

// Taking and waiting are two steps, so that the caller can say that it waits before it does. The place in the queue is
// taken in the first step, under the same lock that finds no permit free: nobody who comes later can get in between.
// A released permit goes straight to the first who waits; it is never free while somebody waits.
//
// A granted permit is not taken back: if the run ends at that moment, the wait returns as if nothing had happened, and
// the write that follows gives the permit back.

/// A fixed number of permits, given out first come, first served.
final class Permits: Sendable {
    /// What asking for a permit gives.
    enum Claim: Sendable, Equatable {
        /// A permit, at once.
        case granted
        /// A place in the queue: ``wait(at:)`` must be called with it.
        case queued(place: UInt64)
    }

    private enum Waiter {
        /// Has its place and does not wait yet.
        case expected
        case waiting(UnsafeContinuation<Bool, Never>)
        /// Was given a permit before it began to wait.
        case granted
        /// The run ended before it began to wait.
        case cancelled
    }

    private struct State {
        var freeCount: Int
        /// First come, first. A place without a waiter has been given up.
        var queue = Deque<UInt64>()
        var waiters: [UInt64: Waiter] = [:]
        var nextPlace: UInt64 = 0
    }

    /// How many permits there are, taken or free.
    let total: Int
    private let state: Guarded<State>

    init(total: Int) {
        precondition(total > 0, "\(total) permits")
        self.total = total
        state = Guarded(State(freeCount: total))
    }

    /// Takes a permit if one is free, else a place at the end of the queue.
    func take() -> Claim {
        state.withLock { state in
            guard state.freeCount == 0 else {
                state.freeCount -= 1
                return .granted
            }
            let place = state.nextPlace
            state.nextPlace += 1
            state.queue.append(place)
            state.waiters[place] = .expected
            return .queued(place: place)
        }
    }

    /// Waits until the permit for this place is there.
    ///
    /// - Throws: `CancellationError` when the run ends before; the place is given up, no permit has been taken.
    func wait(at place: UInt64) async throws(CancellationError) {
        let isGranted = await withTaskCancellationHandler {
            // Resumed exactly once: by whoever takes the waiter out of the dictionary under the lock.
            await withUnsafeContinuation { begin(at: place, $0) }
        } onCancel: {
            cancel(at: place)
        }
        guard isGranted else { throw CancellationError() }
    }

    /// Gives a permit back: to the first who waits for one, if anybody does.
    func release() {
        let waiting = state.withLock { state -> UnsafeContinuation<Bool, Never>? in
            while let place = state.queue.popFirst() {
                switch state.waiters[place] {
                case .waiting(let continuation):
                    state.waiters[place] = nil
                    return continuation
                case .expected:
                    state.waiters[place] = .granted
                    return nil
                case .cancelled, .granted, nil:
                    continue
                }
            }
            state.freeCount += 1
            precondition(state.freeCount <= total, "\(state.freeCount) of \(total) permits are free")
            return nil
        }
        waiting?.resume(returning: true)
    }

    private func begin(at place: UInt64, _ continuation: UnsafeContinuation<Bool, Never>) {
        let isGranted = state.withLock { state -> Bool? in
            switch state.waiters[place] {
            case .expected:
                state.waiters[place] = .waiting(continuation)
                return nil
            case .granted:
                state.waiters[place] = nil
                return true
            case .cancelled:
                state.waiters[place] = nil
                return false
            case .waiting, nil:
                preconditionFailure("place \(place) is waited at twice, or was never taken")
            }
        }
        if let isGranted { continuation.resume(returning: isGranted) }
    }

    private func cancel(at place: UInt64) {
        let waiting = state.withLock { state -> UnsafeContinuation<Bool, Never>? in
            switch state.waiters[place] {
            case .waiting(let continuation):
                state.waiters[place] = nil
                return continuation
            case .expected:
                state.waiters[place] = .cancelled
                return nil
            case .granted, .cancelled, nil:
                return nil
            }
        }
        waiting?.resume(returning: false)
    }
}
