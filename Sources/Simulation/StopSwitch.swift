import Timekeeping

/// Can be thrown once, by anybody, and waited for by one green thread.
final class StopSwitch: Sendable {
    private enum State {
        case untouched
        case waitedFor(UnsafeContinuation<Void, Never>)
        case thrown
    }

    private let state = Guarded(State.untouched)

    /// Suspends the calling green thread until the switch is thrown.
    func wait() async {
        // Resumed exactly once: here, or by the one call that turns the state to `thrown`.
        await withUnsafeContinuation { continuation in
            let isThrown = state.withLock { state in
                switch state {
                case .thrown:
                    return true
                case .untouched:
                    state = .waitedFor(continuation)
                    return false
                case .waitedFor:
                    preconditionFailure("two green threads wait for one switch")
                }
            }
            if isThrown { continuation.resume() }
        }
    }

    /// Throws the switch; again is nothing new.
    func flip() {
        let waiting = state.withLock { state -> UnsafeContinuation<Void, Never>? in
            defer { state = .thrown }
            guard case .waitedFor(let continuation) = state else { return nil }
            return continuation
        }
        waiting?.resume()
    }
}
