import Quantities

// The control of the experiment: a green thread that never leaves its OS thread. Each has a pool of one worker to
// itself, with its own queue and timer, and the pool's thread ends with it. A thread that others resume (a permit is
// handed over) gets the job into its own queue, so it goes on where it was.

/// One OS thread for each green thread: it begins there, goes on there after each wait, and ends with it.
public final class ThreadRuntime: ConcurrencyRuntime {
    /// How many OS threads may live at once; each takes 256 KiB of address space. One more is a programmer's error.
    public static let threadCountMaximum = 20_000

    private let greenThreads: GreenThreads
    private let active = ActiveCount()
    private let startNanoseconds = monotonicNanoseconds()

    public init() {
        let active = active
        active.enter()
        greenThreads = GreenThreads { active.leave() }
    }

    public var now: Duration { .nanoseconds(monotonicNanoseconds() - startNanoseconds) }

    public func sleep(for duration: Duration) async throws(Cancellation) {
        guard duration > .zero else { return try await yieldOnce() }
        guard let pool = Worker.current?.pool else {
            preconditionFailure("ThreadRuntime.sleep was called outside of its green threads")
        }
        try await pool.sleep(untilNanoseconds: deadline(duration.inNanoseconds, after: monotonicNanoseconds()))
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
        // One of the active is the set of green threads itself.
        let threadCount = active.enter() - 1
        precondition(
            threadCount <= Self.threadCountMaximum,
            "green thread \(threadCount) was spawned, and a ThreadRuntime has at most \(Self.threadCountMaximum)")
        return WorkerPool(workerCount: 1) { active.leave() }
    }
}
