import Quantities

// The control of the experiment: a green thread that never leaves its OS thread. Each has a pool of one worker to
// itself, with its own queue and timer, and the pool's thread ends with it. A thread that others resume (a permit is
// handed over) gets the job into its own queue, so it goes on where it was.

/// One OS thread for each green thread: it begins there, goes on there after each wait, and ends with it.
public final class ThreadRuntime: ConcurrencyRuntime {
    /// How many OS threads may live at once; each takes 256 KiB of address space. One more is a programmer's error.
    public static let threadCountMaximum = 20_000

    private let greenThreads: GreenThreads
    private let pools: OwnPools
    private let active = ActiveCount()
    private let startNanoseconds = monotonicNanoseconds()

    public init() {
        let active = active
        let pools = OwnPools()
        active.enter()
        self.pools = pools
        greenThreads = GreenThreads(onClosing: { pools.cancelSleepers() }, onAllEnded: { active.leave() })
    }

    public var now: Duration { Duration(wholeNanoseconds: monotonicNanoseconds() - startNanoseconds) }

    public func sleep(for duration: Duration) async throws(Cancellation) {
        let isAwake = await withUnsafeContinuation { sleeper in
            guard let pool = Worker.current?.pool else {
                preconditionFailure("ThreadRuntime.sleep was called outside of its green threads")
            }
            pool.resume(sleeper, after: duration)
        }
        guard isAwake else { throw Cancellation() }
    }

    public func spawn(_ body: @escaping @Sendable () async -> Void) {
        let pool = makePool()
        greenThreads.start(on: pool) {
            await body()
            pool.stop()
        }
    }

    public func run(_ body: @escaping @Sendable () async -> Void) throws(Deadlock) {
        let pool = makePool()
        greenThreads.startFirst(on: pool) {
            await body()
            pool.stop()
        }
        active.waitUntilNone()
    }

    private func makePool() -> WorkerPool {
        let active = active
        let pools = pools
        // One of the active is the set of green threads itself.
        let threadCount = active.enter() - 1
        precondition(
            threadCount <= Self.threadCountMaximum,
            "green thread \(threadCount) was spawned, and a ThreadRuntime has at most \(Self.threadCountMaximum)")
        return pools.add { number in
            WorkerPool(workerCount: 1) {
                pools.remove(number)
                active.leave()
            }
        }
    }
}

/// The pools of the green threads that have not ended.
private final class OwnPools: Sendable {
    private struct State {
        var pools: [UInt64: WorkerPool] = [:]
        var nextNumber: UInt64 = 0
        var isCancelled = false
    }

    private let state = Guarded(State())

    func add(_ make: (UInt64) -> WorkerPool) -> WorkerPool {
        let (pool, isCancelled) = state.withLock { state -> (WorkerPool, Bool) in
            let pool = make(state.nextNumber)
            state.pools[state.nextNumber] = pool
            state.nextNumber += 1
            return (pool, state.isCancelled)
        }
        if isCancelled { pool.cancelSleepers() }
        return pool
    }

    func remove(_ number: UInt64) {
        // The last reference may go here, on the pool's own thread, but not under the lock.
        let pool = state.withLock { $0.pools.removeValue(forKey: number) }
        withExtendedLifetime(pool) {}
    }

    func cancelSleepers() {
        let pools = state.withLock { state in
            state.isCancelled = true
            return Array(state.pools.values)
        }
        for pool in pools { pool.cancelSleepers() }
    }
}
