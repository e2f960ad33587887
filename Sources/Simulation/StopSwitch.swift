import Timekeeping

/// Can be thrown once, by anybody, and waited for by one green thread.
final class StopSwitch: Sendable {
    private enum State {
        case untouched
        case waitedFor(Suspension)
        case thrown
    }

    private let state = Guarded(State.untouched)

    /// Suspends the calling green thread until the switch is thrown.
    func wait(on runtime: some ConcurrencyRuntime) async {
        // Resumed exactly once: here, or by the one call that turns the state to `thrown`.
        let isThrown = await runtime.suspend(Wait(.runForEnd, 0)) { suspension in
            let isThrown = state.withLock { state in
                switch state {
                case .thrown:
                    return true
                case .untouched:
                    state = .waitedFor(suspension)
                    return false
                case .waitedFor:
                    preconditionFailure("two green threads wait for one switch")
                }
            }
            if isThrown { suspension.resume(returning: true) }
        }
        precondition(isThrown, "the wait ended without the switch")
    }

    /// Throws the switch; again is nothing new.
    func flip() {
        let waiting = state.withLock { state -> Suspension? in
            defer { state = .thrown }
            guard case .waitedFor(let suspension) = state else { return nil }
            return suspension
        }
        waiting?.resume(returning: true)
    }
}
