import DequeModule
import Glibc
import Quantities
import Synchronization

// Time that jumps: when no green thread can run, the clock is set to the next deadline. One OS thread, the driver, runs
// everything, first come first served, and equal deadlines are met in the order in which the sleeps began, so that the
// same program takes the same steps in every process. What is due at one instant becomes ready together, before any of
// it runs.
//
// Everything belongs to the driver, without a lock: locks that nobody else wanted were a fifth of a run's time. The one
// way in from outside is the inbox: an OS thread that resumes a green thread (a signal that ends the run) leaves the job
// there, and the driver looks between any two jobs.
//
// A green thread that neither sleeps nor waits keeps time from passing. When nothing is ready and nobody sleeps, the
// rest waits: if all of it waits for other green threads, it does so for ever, and that is a deadlock. If any waits in
// another way, another OS thread may have the answer, and it is waited for at the same virtual time.

/// The queue, the clock and the timers of a ``VirtualRuntime``.
@usableFromInline
final class VirtualExecutor: TaskExecutor, @unchecked Sendable {
    // Unchecked: the driver alone touches the variables, but for the inbox, which has a lock.
    private var driver: pthread_t?
    @exclusivity(unchecked) private var ready = Deque<UnownedJob>()
    @exclusivity(unchecked) private var timers = TimerQueue<Sleeper>()
    private var isShuttingDown = false
    private var isFinished = false
    private let inbox = Inbox()
    private let onProgress: (@Sendable (Duration) -> Void)?

    @exclusivity(unchecked) @usableFromInline private(set) var nowNanoseconds: Int64 = 0
    /// Who waits for another green thread.
    @exclusivity(unchecked) private var waits = WaitList()

    /// How many jobs are run between two reports of progress: some 50 ms of work.
    private static let jobsPerReport = 1 << 18

    init(onProgress: (@Sendable (Duration) -> Void)?) { self.onProgress = onProgress }

    /// The calling OS thread is the one that everything will run on.
    func becomeDriver() {
        precondition(driver == nil, "a runtime was run twice")
        driver = pthread_self()
    }

    @usableFromInline
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if driver == pthread_self() { ready.append(job) } else { inbox.put(job) }
    }

    /// Every sleep ends now, in the order of the deadlines, and so does every later one at once.
    func shutDown() {
        isShuttingDown = true
        for sleeper in timers.close() { sleeper.resume(returning: false) }
    }

    /// All green threads have ended.
    func finish() { isFinished = true }

    @usableFromInline
    func beginWait(_ wait: Wait) -> Int {
        return waits.begin(wait)
    }

    @usableFromInline
    func endWait(_ place: Int) { waits.end(place) }

    /// Resumes the sleeper with true when the duration has passed, or with false if the run ends before.
    @usableFromInline
    func resume(_ sleeper: Suspension, after duration: Duration) {
        guard duration > .zero && !isShuttingDown else { return sleeper.resume(returning: !isShuttingDown) }
        let isAsleep = timers.insert(sleeper, until: deadline(duration.inNanoseconds, after: nowNanoseconds))
        precondition(isAsleep, "a sleep began in a closed queue")
    }

    /// Runs what is ready, lets time pass when nothing is, and returns when all green threads have ended.
    ///
    /// - Parameter greenThreadCount: How many have not ended.
    func drive(greenThreadCount: () -> Int) throws(Deadlock) {
        let executor = asUnownedTaskExecutor()
        var jobsUntilReport = Self.jobsPerReport
        while true {
            if let job = ready.popFirst() {
                job.runSynchronously(on: executor)
                jobsUntilReport -= 1
                if jobsUntilReport == 0 {
                    onProgress?(.nanoseconds(nowNanoseconds))
                    jobsUntilReport = Self.jobsPerReport
                }
                if inbox.hasMail { inbox.take(into: &ready) }
            } else if !inbox.hasMail && jumpToNextDeadline() {
                continue
            } else if !inbox.take(into: &ready) {
                if isFinished { return }
                guard waits.count < greenThreadCount() else {
                    throw Deadlock(instant: .nanoseconds(nowNanoseconds), waits: waits.all)
                }
                inbox.waitForMail()
            }
        }
    }

    /// Sets the clock to the next deadline and wakes all who wait for it; returns false if nobody sleeps.
    private func jumpToNextDeadline() -> Bool {
        guard let deadline = timers.earliestDeadline else { return false }
        nowNanoseconds = max(nowNanoseconds, deadline)
        while let sleeper = timers.popSleeper(dueAt: nowNanoseconds) { sleeper.resume(returning: true) }
        return true
    }
}

/// Where other OS threads leave jobs for the driver.
private final class Inbox: @unchecked Sendable {
    // Unchecked: `lock` guards the jobs.
    private let lock = PosixLock()
    private let arrived = PosixCondition()
    private var jobs: [UnownedJob] = []
    private let isFilled = Atomic(false)

    deinit {
        arrived.destroy()
        lock.destroy()
    }

    /// Whether there may be something to take; what is put before is seen at the latest after the next job.
    var hasMail: Bool { isFilled.load(ordering: .relaxed) }

    func put(_ job: UnownedJob) {
        lock.lock()
        jobs.append(job)
        isFilled.store(true, ordering: .relaxed)
        arrived.signal()
        lock.unlock()
    }

    /// Returns whether there was anything.
    @discardableResult
    func take(into ready: inout Deque<UnownedJob>) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        let isAny = !jobs.isEmpty
        ready.append(contentsOf: jobs)
        jobs.removeAll()
        isFilled.store(false, ordering: .relaxed)
        return isAny
    }

    /// Blocks the driver until there is something to take.
    func waitForMail() {
        lock.lock()
        while jobs.isEmpty { arrived.wait(lock) }
        lock.unlock()
    }
}
