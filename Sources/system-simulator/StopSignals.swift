import Glibc

/// SIGINT and SIGTERM as requests to end the run: the first is passed on, the second ends the process at once.
enum StopSignals {
    /// Keeps both from interrupting anybody. Before any thread is started: all inherit it.
    static func block() {
        var signals = set
        let status = pthread_sigmask(SIG_BLOCK, &signals, nil)
        precondition(status == 0, "pthread_sigmask failed with error \(status)")
    }

    /// Waits for the signals on a thread of its own, for the rest of the process's life.
    static func whenReceived(_ stop: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { preconditionFailure("the signals' thread was started without its handler") }
                let handler = Unmanaged<Handler>.fromOpaque(argument).takeRetainedValue()
                _ = StopSignals.wait()
                handler.stop()
                // As a shell reports a program that a signal ended.
                _exit(128 + StopSignals.wait())
            }, Unmanaged.passRetained(Handler(stop: stop)).toOpaque())
        precondition(status == 0, "pthread_create failed with error \(status)")
        pthread_detach(thread)
    }

    private final class Handler {
        let stop: @Sendable () -> Void
        init(stop: @escaping @Sendable () -> Void) { self.stop = stop }
    }

    private static func wait() -> Int32 {
        var signals = set
        var signal: Int32 = 0
        let status = sigwait(&signals, &signal)
        precondition(status == 0, "sigwait failed with error \(status)")
        return signal
    }

    private static var set: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        return signals
    }
}
