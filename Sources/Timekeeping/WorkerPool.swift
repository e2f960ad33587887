import DequeModule

// K OS threads that run tasks and keep their timers. There is no timer thread: it would have to hand each job over to
// a worker, one more wake-up of 25–90 µs. Instead idle workers wait in the kernel, each for a deadline of its own. Going
// idle, a worker takes the earliest timer that no other idle worker has taken; when its wait times out it runs the
// first due job itself.
//
// Why no deadline is missed because its worker is busy: only idle workers hold timers; a worker that wakes for any
// reason puts its timer back before it does anything else. Work that needs a worker wakes one with a late deadline or
// none, so the earliest stay covered. Each worker that takes a job first makes sure that, as long as anybody is idle,
// the earliest deadline in the queue is not before all those covered; else it wakes an idle worker to cover it. When
// nobody is idle, each worker looks at the queue between any two jobs.
//
// Why two choices are random, as the victim of a work-stealing worker is (Blumofe & Leiserson 1999,
// doi:10.1145/324133.324234): in a fixed order the workers fall into step with a periodic load. With 15 clients each
// worker then saw only the starts of writes, or only their ends, for a whole run: an artefact of the pool in whatever
// is measured by OS thread. So a worker that goes idle while the earliest deadline is covered takes a timer or none,
// as a coin falls, and the worker to wake is one of the half with the latest deadlines. Neither shows in the overshoot.
//
// Why no wake-up is lost: jobs and timers change under the one lock, and a worker goes to sleep under it. While a job
// is ready and a worker idle, one worker has been notified and has not yet looked. Why there is no thundering herd: at
// most one is, and it notifies the next when it leaves work behind. One lock serves all: see the facts for when it
// stops to scale (a queue that two workers fight over is slower than one worker).

/// A task executor with its own OS threads, between which tasks move freely, and with timers.
final class WorkerPool: TaskExecutor, Sleeping, @unchecked Sendable {
    // Unchecked: `lock` guards all of the variables below; the constants are made before the threads start.
    private let lock = PosixLock()
    private var workers: [Worker] = []
    private var ready = Deque<UnownedJob>()
    private var timers = SleeperQueue()
    /// Those who wait in the kernel and have not been notified, by covered deadline, earliest first.
    private var idle: [Worker] = []
    /// How many have been notified and have not yet looked at the queues.
    private var notifiedCount = 0
    /// The state of the generator behind both random choices.
    private var choices: UInt64 = 0x9e37_79b9_7f4a_7c15
    private var isStopping = false
    private var runningCount: Int
    private let onTermination: @Sendable () -> Void

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - workerCount: 1…1024.
    ///   - onTermination: Called once, on the last thread, as it ends after `stop()`.
    init(workerCount: Int, onTermination: @escaping @Sendable () -> Void) {
        precondition((1...1024).contains(workerCount), "a pool of \(workerCount) workers")
        self.onTermination = onTermination
        runningCount = workerCount
        workers = (0..<workerCount).map { _ in Worker(pool: self) }
        for worker in workers { worker.start() }
    }

    deinit { lock.destroy() }

    /// Makes a job ready and wakes one idle worker for it.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if let worker = Worker.current, worker.pool === self, worker.isResuming {
            worker.awakenedJobs.append(job)
            return
        }
        lock.lock()
        precondition(runningCount > 0, "a job came to a pool whose threads have ended")
        ready.append(job)
        let notified = notifyIfNeeded()
        lock.unlock()
        notified?.wakeUp.signal()
    }

    /// Lets the threads end as soon as no job is ready. Nothing may be enqueued after that but by running jobs.
    func stop() {
        lock.lock()
        isStopping = true
        let sleeping = idle
        for worker in sleeping { worker.isNotified = true }
        notifiedCount += sleeping.count
        idle = []
        lock.unlock()
        for worker in sleeping { worker.wakeUp.signal() }
    }

    func reserveTimer() -> SleeperQueue.Ticket {
        lock.lock()
        defer { lock.unlock() }
        return timers.reserve()
    }

    func beginTimer(_ ticket: SleeperQueue.Ticket, until deadlineNanoseconds: Int64, _ sleeper: Sleeper) {
        lock.lock()
        let isAsleep = timers.begin(ticket, until: deadlineNanoseconds, sleeper)
        // A worker's own job ends here, at its suspension, and the worker looks at the queues next. Nobody else does.
        let notified = Worker.current?.pool === self ? nil : notifyIfNeeded()
        lock.unlock()
        notified?.wakeUp.signal()
        if !isAsleep { sleeper.resume(returning: false) }
    }

    func cancelTimer(_ ticket: SleeperQueue.Ticket) {
        lock.lock()
        let sleeper = timers.cancel(ticket)
        lock.unlock()
        sleeper?.resume(returning: false)
    }

    /// The life of a worker, on its own thread.
    func serve(_ worker: Worker) {
        lock.lock()
        while true {
            wakeDueSleepers(worker)
            if let job = ready.popFirst() {
                let notified = notifyIfNeeded()
                lock.unlock()
                notified?.wakeUp.signal()
                job.runSynchronously(on: asUnownedTaskExecutor())
                lock.lock()
            } else if isStopping {
                break
            } else {
                waitIdly(worker)
            }
        }
        runningCount -= 1
        let isLast = runningCount == 0
        lock.unlock()
        if isLast { onTermination() }
    }

    /// Makes the jobs of all due sleepers ready, in the order of their deadlines. Called and left with the lock held;
    /// unlocks meanwhile, because resuming a sleeper enqueues its job.
    private func wakeDueSleepers(_ worker: Worker) {
        guard let earliest = timers.earliestDeadline() else { return }
        let now = monotonicNanoseconds()
        guard earliest <= now else { return }
        while let sleeper = timers.popSleeper(dueAt: now) { worker.dueSleepers.append(sleeper) }
        lock.unlock()
        worker.isResuming = true
        for sleeper in worker.dueSleepers { sleeper.resume(returning: true) }
        worker.isResuming = false
        worker.dueSleepers.removeAll(keepingCapacity: true)
        lock.lock()
        ready.append(contentsOf: worker.awakenedJobs)
        worker.awakenedJobs.removeAll(keepingCapacity: true)
    }

    /// Covers the earliest timer that nobody covers, or none, and waits for its deadline or for a notification.
    private func waitIdly(_ worker: Worker) {
        let isCovered = timers.earliestDeadline() ?? .max >= idle.first?.coveredDeadline ?? .max
        if !isCovered || nextChoice(below: 2) == 0 { worker.coveredTimer = timers.takeEarliest() }
        let deadline = worker.coveredDeadline
        idle.insert(worker, at: idle.firstIndex { $0.coveredDeadline >= deadline } ?? idle.count)
        var isDue = false
        while !worker.isNotified && !isDue {
            if worker.coveredTimer == nil {
                worker.wakeUp.wait(lock)
            } else {
                isDue = worker.wakeUp.wait(lock, until: deadline)
            }
        }
        if worker.isNotified {
            worker.isNotified = false
            notifiedCount -= 1
        } else if let index = idle.firstIndex(where: { $0 === worker }) {
            idle.remove(at: index)
        }
        if let timer = worker.coveredTimer {
            worker.coveredTimer = nil
            timers.putBack(timer)
        }
    }

    /// Notifies one idle worker if nobody has been yet, and there is a job for it or a deadline to cover. Called with
    /// the lock held; the caller signals the worker returned after unlocking.
    private func notifyIfNeeded() -> Worker? {
        guard notifiedCount == 0, let first = idle.first else { return nil }
        guard !ready.isEmpty || timers.earliestDeadline() ?? .max < first.coveredDeadline else { return nil }
        let earliestChoice = idle.count / 2
        let chosen = idle.remove(at: earliestChoice + nextChoice(below: idle.count - earliestChoice))
        chosen.isNotified = true
        notifiedCount = 1
        return chosen
    }

    /// The next number of the xorshift generator (Marsaglia 2003, doi:10.18637/jss.v008.i14), reduced to a choice.
    private func nextChoice(below count: Int) -> Int {
        choices ^= choices << 13
        choices ^= choices >> 7
        choices ^= choices << 17
        return Int(choices % UInt64(count))
    }
}
