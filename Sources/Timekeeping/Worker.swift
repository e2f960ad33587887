import CProcess
import Glibc
import Synchronization

/// One OS thread of a pool, as the pool sees it. The pool's lock guards `coveredTimer`, `alarm` and `isSpinning`; the
/// queue and `isNotified` look after themselves; the rest belongs to the worker's own thread alone.
final class Worker {
    /// For whoever runs on this worker; the pool outlives its workers' threads.
    unowned let pool: WorkerPool
    /// The same without counting references, which all workers would do on one cache line.
    let poolIdentifier: ObjectIdentifier
    /// The jobs that are ready here. Others steal from it.
    let queue = RunQueue<UnownedJob>()
    /// What an idle worker sleeps on.
    let wakeUp = PosixCondition()
    /// The timer that this idle worker waits for, if it waits for one of its own.
    var coveredTimer: TimerHeap.Entry?
    /// When this idle worker wakes by itself; the end of time if it waits for work only.
    var alarm = Int64.max
    /// Whether it waits with its eyes open.
    var isSpinning = false
    /// Whether another thread has asked this worker to look at the queues. Written under the pool's lock.
    let isNotified = Atomic(false)

    /// Sleepers that this worker is about to resume.
    var dueSleepers: [Sleeper] = []
    /// Whether jobs become ready here because the worker is resuming sleepers: it looks at them itself when it is done.
    var isResuming = false
    /// The task that yields, between its suspension and the end of its job.
    var yielded: Sleeper?
    /// How many jobs it has looked for.
    var turn: UInt = 0
    /// The state of the generator that chooses whom to steal from first.
    var choices: UInt64

    /// - Parameter number: Of this worker in its pool, from 0.
    init(pool: WorkerPool, number: Int) {
        self.pool = pool
        poolIdentifier = ObjectIdentifier(pool)
        choices = 0x9e37_79b9_7f4a_7c15 &+ UInt64(number) &* 0xbf58_476d_1ce4_e5b9
    }

    deinit { wakeUp.destroy() }

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
