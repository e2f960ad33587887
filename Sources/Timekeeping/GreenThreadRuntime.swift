import Quantities

/// Green threads on K OS threads of their own, however many CPUs there are. A green thread goes on, after each wait, on
/// whichever OS thread is free: what it starts on one it may end on another.
public final class GreenThreadRuntime: ConcurrencyRuntime {
    private let pool: WorkerPool
    private let greenThreads: GreenThreads
    private let activePools = ActiveCount()
    private let startNanoseconds = monotonicNanoseconds()

    /// Starts the OS threads.
    ///
    /// - Parameters:
    ///   - workerCount: 1…1024.
    ///   - spin: How long before a deadline a worker that waits for it begins to watch the clock, where there is a CPU
    ///     to spare: accuracy bought with CPU time. Zero or more.
    public init(workerCount: Int, spin: Duration = .zero) {
        let activePools = activePools
        activePools.enter()
        let pool = WorkerPool(workerCount: workerCount, spinNanoseconds: spin.inNanoseconds) { activePools.leave() }
        self.pool = pool
        greenThreads = GreenThreads(onClosing: { pool.cancelSleepers() }, onAllEnded: { pool.stop() })
    }

    public var now: Duration { Duration(wholeNanoseconds: monotonicNanoseconds() - startNanoseconds) }

    public func sleep(for duration: Duration) async throws(Cancellation) {
        let isAwake = await withUnsafeContinuation { pool.resume($0, after: duration) }
        guard isAwake else { throw Cancellation() }
    }

    public func spawn(_ body: @escaping @Sendable () async -> Void) { greenThreads.start(on: pool, body) }

    public func run(_ body: @escaping @Sendable () async -> Void) throws(Deadlock) {
        greenThreads.startFirst(on: pool, body)
        activePools.waitUntilNone()
    }
}
