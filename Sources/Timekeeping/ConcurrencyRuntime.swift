/// Where green threads run and how they tell time: the one thing that differs between the wall clock on K workers,
/// the default executor, one OS thread for each green thread, and virtual time.
public protocol ConcurrencyRuntime: Sendable {
    /// The time since the runtime was made, on its own clock.
    var now: Duration { get }

    /// Suspends the calling green thread for at least the duration; zero or less returns after a yield.
    ///
    /// - Throws: `Cancellation` when the runtime shuts down, before or during the sleep.
    func sleep(for duration: Duration) async throws(Cancellation)

    /// Suspends the calling green thread until another one resumes it, and returns what it is resumed with.
    ///
    /// Shutting down does not end the wait: whoever keeps the suspension does.
    ///
    /// - Parameters:
    ///   - wait: What is said of it where it would wait for ever.
    ///   - begin: Called at once with the suspension, which may be resumed in there already.
    func suspend(_ wait: Wait, _ begin: (Suspension) -> Void) async -> Bool

    /// Starts a green thread of its own. It inherits nothing; it ends by returning, and is cancelled when the first
    /// one's body has returned.
    func spawn(_ body: @escaping @Sendable () async -> Void)

    /// Runs the body as the first green thread and blocks the calling OS thread until the body has returned and every
    /// green thread has ended; those that still run when the body returns are cancelled first. Called once.
    ///
    /// - Throws: ``Deadlock`` in virtual time, where alone it can be known; the green threads are left as they are.
    func run(_ body: @escaping @Sendable () async -> Void) throws(Deadlock)
}

extension ConcurrencyRuntime {
    @inlinable
    public func suspend(_ wait: Wait, _ begin: (Suspension) -> Void) async -> Bool {
        await withUnsafeContinuation { begin($0) }
    }
}
