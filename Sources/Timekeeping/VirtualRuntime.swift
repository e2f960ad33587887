import DequeModule
import Quantities

// Time that jumps: when no green thread can run, the clock is set to the next deadline. One OS thread runs everything,
// first come first served, and equal deadlines are met in the order in which the sleeps began, so that the same program
// takes the same steps in every process. What is due at one instant becomes ready together, before any of it runs.
//
// A green thread that neither sleeps nor waits keeps time from passing, and one that waits for what only another OS
// thread can give is waited for, at the same virtual time, for as long as it takes.

/// Green threads in virtual time, on the OS thread that calls `run`: deterministic, and as fast as the work itself.
public final class VirtualRuntime: ConcurrencyRuntime {
    private let executor: VirtualExecutor
    private let greenThreads: GreenThreads

    public init() {
        let executor = VirtualExecutor()
        self.executor = executor
        greenThreads = GreenThreads { executor.finish() }
    }

    /// Zero at first; exactly the deadline of the last sleep that ended.
    public var now: Duration { .nanoseconds(executor.nowNanoseconds) }

    public func sleep(for duration: Duration) async throws(CancellationError) {
        guard duration > .zero else { return try await yieldOnce() }
        try await executor.sleep(
            untilNanoseconds: deadline(duration.inNanoseconds, after: executor.nowNanoseconds))
    }

    public func spawn(_ body: @escaping @Sendable () async -> Void) { greenThreads.start(on: executor, body) }

    public func run(_ body: @escaping @Sendable () async -> Void) {
        greenThreads.startFirst(on: executor, body)
        executor.drive()
    }
}

/// The queue, the clock and the timers of a ``VirtualRuntime``.
private final class VirtualExecutor: TaskExecutor, Sleeping, @unchecked Sendable {
    // Unchecked: `lock` guards all variables, because other OS threads may resume a green thread.
    private let lock = PosixLock()
    private let changed = PosixCondition()
    private var ready = Deque<UnownedJob>()
    private var timers = SleeperQueue()
    private var now: Int64 = 0
    private var isFinished = false

    deinit {
        changed.destroy()
        lock.destroy()
    }

    var nowNanoseconds: Int64 { locked { now } }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        locked {
            ready.append(job)
            changed.signal()
        }
    }

    /// All green threads have ended.
    func finish() {
        locked {
            isFinished = true
            changed.signal()
        }
    }

    func reserveTimer() -> SleeperQueue.Ticket { locked { timers.reserve() } }

    func beginTimer(_ ticket: SleeperQueue.Ticket, until deadlineNanoseconds: Int64, _ sleeper: Sleeper) {
        let isAsleep = locked {
            changed.signal()
            return timers.begin(ticket, until: deadlineNanoseconds, sleeper)
        }
        if !isAsleep { sleeper.resume(returning: false) }
    }

    func cancelTimer(_ ticket: SleeperQueue.Ticket) {
        locked { timers.cancel(ticket) }?.resume(returning: false)
    }

    /// Runs what is ready, lets time pass when nothing is, and returns when all green threads have ended.
    func drive() {
        while true {
            if let job = locked({ ready.popFirst() }) {
                job.runSynchronously(on: asUnownedTaskExecutor())
                continue
            }
            let due = nextDueSleepers()
            if due.isEmpty && waitForOthers() { return }
            for sleeper in due { sleeper.resume(returning: true) }
        }
    }

    /// Sets the clock to the next deadline and takes out all who wait for it; nobody if nobody sleeps.
    private func nextDueSleepers() -> [Sleeper] {
        locked {
            guard ready.isEmpty, let deadline = timers.earliestDeadline() else { return [] }
            now = max(now, deadline)
            var due: [Sleeper] = []
            while let sleeper = timers.popSleeper(dueAt: now) { due.append(sleeper) }
            return due
        }
    }

    /// Blocks until another OS thread has made a job ready or begun a sleep; returns true if all is finished.
    private func waitForOthers() -> Bool {
        lock.lock()
        defer { lock.unlock() }
        while ready.isEmpty && timers.earliestDeadline() == nil && !isFinished { changed.wait(lock) }
        return isFinished && ready.isEmpty
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return body()
    }
}
