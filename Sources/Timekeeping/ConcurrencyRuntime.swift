/// Where green threads run and how they tell time: the one thing that differs between the wall clock on K workers,
/// the default executor, one OS thread for each green thread, and virtual time.
public protocol ConcurrencyRuntime: Sendable {
    /// The time since the runtime was made, on its own clock.
    var now: Duration { get }

    /// Suspends the calling green thread for at least the duration; zero or less returns after a yield.
    ///
    /// - Throws: `CancellationError` when the runtime shuts down, before or during the sleep.
    func sleep(for duration: Duration) async throws(CancellationError)

    /// Starts a green thread of its own. It inherits nothing; it ends by returning, and `shutdown()` cancels it.
    func spawn(_ body: @escaping @Sendable () async -> Void)

    /// Runs the body as the first green thread and blocks the calling OS thread until the body has returned and every
    /// green thread has ended; those that still run when the body returns are cancelled first. Called once.
    func run(_ body: @escaping @Sendable () async -> Void)
}
