import DequeModule
import Quantities
import Synchronization

// K OS threads that run tasks and keep their timers. A job that becomes ready on a worker goes to that worker's own
// queue, without a lock; a worker that has none left steals half of another's. What comes from foreign threads, and the
// timers, are shared and under the pool's lock, which a busy worker takes for them only (WorkerPool+Idling.swift says
// how idle workers wait).
//
// The order is fair. A worker's queue is first in, first out for its owner and for thieves: a task that yields goes
// behind all that was ready there. After at most `turnsBetweenLooks` jobs a worker looks at what is shared, and takes
// the sleepers that are due and its share of the injected jobs into its queue. So a job that is ready on a worker waits
// for those before it; one that is due or injected waits, in addition, for at most `turnsBetweenLooks` jobs of the
// worker that looks next, for each `injectedMaximum` before it. A job behind a long one does not wait for its end even if
// no other worker ever runs out of jobs: after `turnsBetweenThefts` jobs each takes one from another worker, in turn.
//
// The road not taken: one queue under the pool's lock, which this was at first. With all delays replaced by yields two
// workers were slower than one, for they handed the lock over at each job.

/// A task executor with its own OS threads, between which tasks move freely, and with timers.
final class WorkerPool: TaskExecutor, @unchecked Sendable {
    // Unchecked: `lock` guards `shared`; the constants are made before the threads start, the rest is atomic.

    /// What the lock guards.
    struct Shared: ~Copyable {
        var timers = TimerQueue<Sleeper>()
        /// Jobs that foreign threads have made ready.
        var injected = Deque<UnownedJob>()
        /// Those who wait and have not been notified, by alarm, earliest first.
        var idle: [Worker] = []
        /// How many have been notified and have not yet looked at the queues.
        var notifiedCount = 0
        var spinningCount = 0
        /// The state of the generator behind both random choices.
        var choices: UInt64 = 0x9e37_79b9_7f4a_7c15
        var isStopping = false
        var runningCount: Int
        /// What was last stored into `earliestDeadline` and `demand`.
        var publishedDeadline = Int64.max
        var publishedDemand: UInt8 = 0

        init(runningCount: Int) { self.runningCount = runningCount }
    }

    static let turnsBetweenLooks: UInt = 8
    static let turnsBetweenThefts: UInt = 64
    static let injectedMaximum = 64

    let lock = PosixLock()
    var shared: Shared
    let spinNanoseconds: Int64
    let usableCPUCount: Int
    private(set) var workers: [Worker] = []
    private let onTermination: @Sendable () -> Void

    // What a busy worker reads between two jobs, without the lock. Each is stored under it.

    /// The earliest deadline that no idle worker has taken.
    let earliestDeadline = Atomic(Int64.max)
    let injectedCount = Atomic(0)
    /// Whether sleeps are cancelled.
    private let isCancelled = Atomic(false)
    /// Whether somebody could be notified, and whether a deadline needs it: a sum of `Demand`.
    let demand = Atomic<UInt8>(0)

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - workerCount: 1…1024.
    ///   - spinNanoseconds: How long before a deadline an idle worker stops to sleep; 0 or more.
    ///   - onTermination: Called once, on the last thread, as it ends after `stop()`.
    init(workerCount: Int, spinNanoseconds: Int64 = 0, onTermination: @escaping @Sendable () -> Void) {
        precondition((1...1024).contains(workerCount), "a pool of \(workerCount) workers")
        precondition(spinNanoseconds >= 0, "a spin of \(spinNanoseconds) ns")
        self.onTermination = onTermination
        self.spinNanoseconds = spinNanoseconds
        usableCPUCount = usableCPUs()
        shared = Shared(runningCount: workerCount)
        workers = (0..<workerCount).map { Worker(pool: self, number: $0) }
        for worker in workers { worker.start() }
    }

    deinit { lock.destroy() }

    /// Makes a job ready and sees to it that a worker comes for it.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if let worker = ownWorker {
            // Each of the two is sequentially consistent: see `waitIdly`.
            worker.queue.push(job)
            if !worker.isResuming && demand.load(ordering: .sequentiallyConsistent) != 0 { notify(hasWork: true) }
            return
        }
        lock.lock()
        precondition(shared.runningCount > 0, "a job came to a pool whose threads have ended")
        shared.injected.append(job)
        injectedCount.store(shared.injected.count, ordering: .relaxed)
        unlockAndSignal(chooseNotified(hasWork: true))
    }

    /// Lets the threads end as soon as no job is ready. Nothing may be enqueued after that but by running jobs.
    func stop() {
        lock.lock()
        shared.isStopping = true
        let sleeping = shared.idle
        for worker in sleeping { worker.isNotified.store(true, ordering: .releasing) }
        shared.notifiedCount += sleeping.count
        shared.idle = []
        publish()
        lock.unlock()
        for worker in sleeping { worker.wakeUp.signal() }
    }

    /// Resumes the sleeper with true when the duration has passed, zero or less after all that is ready now, or with
    /// false when sleeps are cancelled.
    func resume(_ sleeper: Sleeper, after duration: Duration) {
        guard duration > .zero else { return resumeBehindOthers(sleeper) }
        let deadline = deadline(duration.inNanoseconds, after: monotonicNanoseconds())
        lock.lock()
        let isAsleep = shared.timers.insert(sleeper, until: deadline)
        publish()
        // A worker's own job ends here, at its suspension, and the worker looks at the queues next. Nobody else does.
        unlockAndSignal(ownWorker == nil ? chooseNotified(hasWork: false) : nil)
        if !isAsleep { sleeper.resume(returning: false) }
    }

    private func resumeBehindOthers(_ sleeper: Sleeper) {
        if isCancelled.load(ordering: .relaxed) {
            sleeper.resume(returning: false)
        } else if let worker = ownWorker {
            // `Task.yield` enqueues a job that enqueues the task when its turn comes: twice the cost. The worker resumes
            // the task right after it has suspended, which is before any other job runs.
            worker.yielded = sleeper
        } else {
            sleeper.resume(returning: true)
        }
    }

    /// Ends every sleep now, and every later one at once.
    func cancelSleepers() {
        isCancelled.store(true, ordering: .relaxed)
        lock.lock()
        let sleepers = shared.timers.close()
        publish()
        lock.unlock()
        for sleeper in sleepers { sleeper.resume(returning: false) }
    }

    /// The life of a worker, on its own thread.
    func serve(_ worker: Worker) {
        let executor = asUnownedTaskExecutor()
        repeat {
            while let job = nextJob(worker) {
                job.runSynchronously(on: executor)
                if let yielded = worker.yielded {
                    worker.yielded = nil
                    yielded.resume(returning: true)
                }
            }
        } while waitIdly(worker)
        lock.lock()
        shared.runningCount -= 1
        let isLast = shared.runningCount == 0
        lock.unlock()
        if isLast { onTermination() }
    }

    /// The job to run next; nil if there is none in any queue that was looked at.
    private func nextJob(_ worker: Worker) -> UnownedJob? {
        worker.turn &+= 1
        if worker.turn % Self.turnsBetweenLooks == 0 || worker.queue.count == 0 { lookAtShared(worker) }
        if worker.turn % Self.turnsBetweenThefts == 0 { relieve(by: worker) }
        guard let job = worker.queue.pop() ?? steal(for: worker) else { return nil }
        // While this job runs, for as long as it likes, nobody looks after the rest unless somebody idle is told. The
        // rest is not only what is here: whoever left work elsewhere may have counted on this worker to wake.
        let demand = demand.load(ordering: .sequentiallyConsistent)
        if demand != 0 {
            let hasWork = isAnyJobReady
            if hasWork || demand & Demand.timer != 0 { notify(hasWork: hasWork) }
        }
        return job
    }

    /// Takes what is due or injected, if there is any; nearly always two loads and a reading of the clock.
    private func lookAtShared(_ worker: Worker) {
        let earliest = earliestDeadline.load(ordering: .relaxed)
        let isDue = earliest < .max && earliest <= monotonicNanoseconds()
        guard isDue || injectedCount.load(ordering: .relaxed) > 0 else { return }
        lock.lock()
        takeShared(worker)
        lock.unlock()
        resumeDueSleepers(worker)
    }

    /// Takes the sleepers that are due, and this worker's share of the injected jobs. Called with the lock held; the
    /// caller calls `resumeDueSleepers` after unlocking. Returns whether there was anything.
    @discardableResult
    func takeShared(_ worker: Worker) -> Bool {
        var isAny = false
        if let earliest = shared.timers.earliestDeadline {
            let now = monotonicNanoseconds()
            if earliest <= now {
                while let sleeper = shared.timers.popSleeper(dueAt: now) { worker.dueSleepers.append(sleeper) }
                isAny = true
            }
        }
        if !shared.injected.isEmpty {
            let share = min(shared.injected.count / workers.count + 1, Self.injectedMaximum, shared.injected.count)
            for _ in 0..<share { worker.queue.push(shared.injected.removeFirst()) }
            injectedCount.store(shared.injected.count, ordering: .relaxed)
            isAny = true
        }
        if isAny { publish() }
        return isAny
    }

    /// Makes the jobs of the sleepers taken ready, in the order of their deadlines.
    func resumeDueSleepers(_ worker: Worker) {
        guard !worker.dueSleepers.isEmpty else { return }
        worker.isResuming = true
        for sleeper in worker.dueSleepers { sleeper.resume(returning: true) }
        worker.isResuming = false
        worker.dueSleepers.removeAll(keepingCapacity: true)
    }

    /// Takes one job from another worker, of which each has its turn: that one may be in the middle of a long job.
    private func relieve(by worker: Worker) {
        let victim = workers[Int(worker.turn / Self.turnsBetweenThefts % UInt(workers.count))]
        guard victim !== worker, let job = worker.queue.steal(from: victim.queue, atMost: 1) else { return }
        worker.queue.push(job)
    }

    /// Steals half of the jobs of another worker, beginning with any one of them so that not all rob the same.
    private func steal(for thief: Worker) -> UnownedJob? {
        let count = workers.count
        guard count > 1 else { return nil }
        let start = nextChoice(&thief.choices, below: count)
        for offset in 0..<count {
            let index = start + offset < count ? start + offset : start + offset - count
            let victim = workers[index]
            if victim !== thief, let job = thief.queue.steal(from: victim.queue) { return job }
        }
        return nil
    }

    /// Whether a job is in any queue.
    var isAnyJobReady: Bool {
        if injectedCount.load(ordering: .relaxed) > 0 { return true }
        for worker in workers where !worker.queue.isEmpty { return true }
        return false
    }

    /// The worker whose thread this is, if it is one of this pool.
    private var ownWorker: Worker? {
        guard let worker = Worker.current, worker.poolIdentifier == ObjectIdentifier(self) else { return nil }
        return worker
    }
}
