import CProcess
import Synchronization

// How idle workers wait. There is no timer thread: it would have to hand each job over to a worker, one more wake-up of
// 25–90 µs. Instead idle workers wait in the kernel, each until an alarm of its own. Going idle, a worker takes the
// earliest timer, if it is before all alarms; when its wait times out it runs the first due job itself.
//
// Why no deadline is missed because its worker is busy: only idle workers hold timers, and a worker that wakes for any
// reason puts its timer back before it does anything else. Each worker that takes a job first makes sure that, as long
// as anybody is idle, the first alarm is at most `graceNanoseconds` after the earliest deadline in the queue; else it
// notifies an idle worker, which covers it. When nobody is idle, each worker looks at the deadlines between its jobs.
//
// Why a grace: a notification takes some 25 µs to arrive and two system calls. Whoever wakes by itself within that time
// is not notified, be it for a deadline or for a job: it looks at all queues when it wakes. Where deadlines are dense,
// one worker serves them nearly alone, and a second has its alarm a grace after the first one's: that keeps the delay
// bounded if the first meets a long job. Before, each idle worker waited for a deadline of its own there too: 10 000
// sleepers of 50 ms on 2 CPUs then cost 6.7 µs of CPU time a wake-up, and now 4.5, where a bare C loop takes 4.2.
//
// Why two choices are random, as the victim of a work-stealing worker is (Blumofe & Leiserson 1999,
// doi:10.1145/324133.324234): in a fixed order the workers fall into step with a periodic load. With 15 clients each
// worker then saw only the starts of writes, or only their ends, for a whole run: an artefact of the pool in whatever
// is measured by OS thread. So a worker that goes idle while the earliest deadline is covered takes a timer or none,
// as a coin falls, and the worker to notify is one of the half with the latest alarms. Neither shows in the overshoot.
//
// Why no wake-up is lost. Timers and injected jobs change under the lock, and a worker goes to sleep under it. A job in
// a worker's own queue does not: its worker pushes it and then reads `demand`; a worker that goes to sleep stores
// `demand` and then reads the queues. All four are sequentially consistent, so at least one of the two sees the other
// (Dekker's argument). If `demand` was already stored by another who sleeps, the push sees that; if it was zero because
// somebody has been notified and has not looked, that one stores it before it looks, or nobody else is idle: then
// there is nobody to notify, and it looks itself before it goes to sleep.
//
// Why there is no thundering herd: at most one is notified and has not looked, and it notifies the next when it leaves
// work behind.
//
// Spinning: a worker that waits for a timer may wake `spin` before it and wait for the rest with its eyes open. It does
// so only while there is a CPU for it that no busy worker and no other spinner needs, and it is the first to be
// notified. Without `spin` this is done for less than `waitNanoseconds` only: a wait in the kernel costs more CPU time
// than that, so to wait for what comes sooner is cheaper without the kernel (Karlin et al. 1994, doi:10.1007/BF01189993).

/// What busy workers are to know of the idle ones.
enum Demand {
    /// Somebody is idle, and nobody has been notified.
    static let idle: UInt8 = 1
    /// A deadline is before all alarms.
    static let timer: UInt8 = 2
}

/// How much later than a deadline the first alarm may be while a worker is on its way to look.
private let graceNanoseconds: Int64 = 30_000
/// What a wait in the kernel costs in CPU time, about.
private let waitNanoseconds: Int64 = 5_000

func usableCPUs() -> Int { Int(process_usable_cpu_count()) }

extension WorkerPool {
    /// Waits until there is something to do, perhaps. Returns false if the pool is stopping and nothing is left.
    func waitIdly(_ worker: Worker) -> Bool {
        lock.lock()
        if !takeShared(worker) {
            guard !shared.isStopping else {
                lock.unlock()
                return false
            }
            setAlarm(worker)
            let alarm = worker.alarm
            shared.idle.insert(worker, at: shared.idle.firstIndex { $0.alarm >= alarm } ?? shared.idle.count)
            publish()
            if !isAnyJobReady { waitForAlarm(worker) }
            wakeUp(worker)
            _ = takeShared(worker)
        }
        lock.unlock()
        resumeDueSleepers(worker)
        return true
    }

    /// Chooses when a worker that goes idle wakes by itself.
    private func setAlarm(_ worker: Worker) {
        worker.alarm = .max
        guard let earliest = shared.timers.earliestDeadline, earliest < .max else { return }
        let firstAlarm = shared.idle.first?.alarm ?? .max
        if earliest >= firstAlarm {
            guard nextChoice(&shared.choices, below: 2) == 0 else { return }
            let alarmCount = shared.idle.firstIndex { $0.alarm == .max } ?? shared.idle.count
            guard earliest >= shared.idle[alarmCount - 1].alarm + graceNanoseconds else {
                if alarmCount == 1 { worker.alarm = firstAlarm + graceNanoseconds }
                return
            }
        }
        worker.coveredTimer = shared.timers.takeEarliest()
        worker.alarm = earliest
    }

    /// Waits for the alarm or a notification. Called and left with the lock held.
    private func waitForAlarm(_ worker: Worker) {
        var isDue = false
        while !worker.isNotified.load(ordering: .relaxed) && !isDue {
            if worker.alarm == .max {
                worker.wakeUp.wait(lock)
            } else if worker.coveredTimer == nil {
                isDue = worker.wakeUp.wait(lock, until: worker.alarm)
            } else if monotonicNanoseconds() < worker.alarm - max(spinNanoseconds, waitNanoseconds) || !maySpin {
                let isEarly = spinNanoseconds > 0 && maySpin
                isDue = worker.wakeUp.wait(lock, until: isEarly ? worker.alarm - spinNanoseconds : worker.alarm)
                if isEarly { isDue = false }
            } else {
                spin(worker)
                isDue = true
            }
        }
    }

    /// Whether there is a CPU that no worker needs. Called with the lock held, by a worker that is idle.
    private var maySpin: Bool {
        shared.runningCount - shared.idle.count + shared.spinningCount < usableCPUCount
    }

    /// Waits with open eyes for the alarm or a notification. Called and left with the lock held; unlocks meanwhile.
    private func spin(_ worker: Worker) {
        worker.isSpinning = true
        shared.spinningCount += 1
        lock.unlock()
        while !worker.isNotified.load(ordering: .acquiring) && monotonicNanoseconds() < worker.alarm {
            process_pause()
        }
        lock.lock()
        shared.spinningCount -= 1
        worker.isSpinning = false
    }

    /// Ends the idleness of a worker, with the lock held.
    private func wakeUp(_ worker: Worker) {
        if worker.isNotified.load(ordering: .relaxed) {
            worker.isNotified.store(false, ordering: .relaxed)
            shared.notifiedCount -= 1
        } else if let index = shared.idle.firstIndex(where: { $0 === worker }) {
            shared.idle.remove(at: index)
        }
        if let timer = worker.coveredTimer {
            worker.coveredTimer = nil
            shared.timers.putBack(timer)
        }
        publish()
    }

    /// Notifies one idle worker if there is need to.
    func notify(hasWork: Bool) {
        lock.lock()
        unlockAndSignal(chooseNotified(hasWork: hasWork))
    }

    /// Unlocks first, so that the one who wakes does not find the lock taken.
    func unlockAndSignal(_ notified: Worker?) {
        lock.unlock()
        notified?.wakeUp.signal()
    }

    /// Chooses one idle worker to be notified if nobody has been yet, there is a job for it or a deadline to cover, and
    /// nobody will wake by itself as soon. Called with the lock held; the caller signals to the worker returned.
    func chooseNotified(hasWork: Bool) -> Worker? {
        guard shared.notifiedCount == 0, let first = shared.idle.first else { return nil }
        guard hasWork || isDeadlineUncovered else { return nil }
        let index: Int
        if shared.spinningCount > 0, let spinning = shared.idle.firstIndex(where: \.isSpinning) {
            index = spinning
        } else {
            guard first.alarm == .max || first.alarm - monotonicNanoseconds() > graceNanoseconds else { return nil }
            let earliestChoice = shared.idle.count / 2
            index = earliestChoice + nextChoice(&shared.choices, below: shared.idle.count - earliestChoice)
        }
        let chosen = shared.idle.remove(at: index)
        chosen.isNotified.store(true, ordering: .releasing)
        shared.notifiedCount = 1
        publish()
        return chosen
    }

    /// Whether the earliest deadline in the queue is before all alarms, by more than the grace.
    private var isDeadlineUncovered: Bool {
        guard let first = shared.idle.first, let earliest = shared.timers.earliestDeadline else { return false }
        return earliest < first.alarm - graceNanoseconds
    }

    /// Stores what busy workers read without the lock. Called with the lock held, after each change of timers or of
    /// those who are idle.
    func publish() {
        let earliest = shared.timers.earliestDeadline ?? .max
        if earliest != shared.publishedDeadline {
            shared.publishedDeadline = earliest
            earliestDeadline.store(earliest, ordering: .relaxed)
        }
        var demanded: UInt8 = 0
        if shared.notifiedCount == 0 && !shared.idle.isEmpty {
            demanded = isDeadlineUncovered ? Demand.idle | Demand.timer : Demand.idle
        }
        if demanded != shared.publishedDemand {
            shared.publishedDemand = demanded
            demand.store(demanded, ordering: .sequentiallyConsistent)
        }
    }
}
