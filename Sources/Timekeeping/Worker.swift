import CProcess
import Glibc

/// One OS thread of a pool, as the pool sees it. The pool's lock guards `coveredTimer` and `isNotified`; the rest
/// belongs to the worker's own thread alone.
final class Worker {
    unowned let pool: WorkerPool
    /// What an idle worker sleeps on.
    let wakeUp = PosixCondition()
    /// The deadline that this idle worker waits for; nil if it waits for work only.
    var coveredTimer: SleeperQueue.Entry?
    /// Whether another thread has asked this worker to look at the queues.
    var isNotified = false
    /// Sleepers that this worker is about to resume.
    var dueSleepers: [Sleeper] = []
    /// Whether jobs that this thread makes ready go to `awakenedJobs`, because the worker is resuming sleepers.
    var isResuming = false
    var awakenedJobs: [UnownedJob] = []

    init(pool: WorkerPool) { self.pool = pool }

    deinit { wakeUp.destroy() }

    /// The end of time for a worker that waits for work only.
    var coveredDeadline: Int64 { coveredTimer?.deadlineNanoseconds ?? .max }

    /// The worker whose thread this is, if it is one.
    static var current: Worker? {
        guard let pointer = pthread_getspecific(key) else { return nil }
        return Unmanaged<Worker>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// The size of a worker's stack. Green threads keep their frames on the heap, so a worker needs what the deepest
    /// synchronous call needs: the runtime's own look-ups of types take some 30 KiB. Pages that are never touched cost
    /// address space only: 20 000 threads take 5 GiB of it.
    static let stackBytes = 256 * 1024

    /// Starts a detached OS thread that serves as this worker until its pool stops.
    func start() {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, Self.stackBytes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let life = Unmanaged.passRetained(Life(pool: pool, worker: self))
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { preconditionFailure("a worker's thread was started without its worker") }
                Unmanaged<Life>.fromOpaque(argument).takeRetainedValue().live()
                return nil
            }, life.toOpaque())
        guard status == 0 else {
            // Nothing of what the program was asked to do can go on, a runtime's `spawn` has no way to say so, and the
            // message of a failed precondition is left out of release builds.
            fatalError(
                "no OS thread could be started (pthread_create: error \(status)): "
                    + "ask for fewer threads, or raise the limits of `ulimit -u` and of the control group")
        }
    }

    /// What a worker's thread keeps alive.
    private final class Life {
        let pool: WorkerPool
        let worker: Worker

        init(pool: WorkerPool, worker: Worker) {
            self.pool = pool
            self.worker = worker
        }

        func live() {
            // The default of 50 µs would be added to every sleep. Where the kernel refuses, sleeps are that much
            // longer, which the overshoot shows; there is nothing else to do about it.
            _ = process_set_timer_slack(1)
            pthread_setspecific(Worker.key, Unmanaged.passUnretained(worker).toOpaque())
            pool.serve(worker)
            pthread_setspecific(Worker.key, nil)
        }
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let status = pthread_key_create(&key, nil)
        precondition(status == 0, "pthread_key_create failed with error \(status)")
        return key
    }()
}
