import CProcess
import Glibc

// The standard library's Mutex has no condition to wait for, and a worker has to sleep on one until a deadline. These
// are the POSIX ones, at addresses that never change, for the classes of this module that own them.

/// A mutual exclusion lock of the operating system. The owner calls `destroy()` when nobody can use it any more.
struct PosixLock {
    fileprivate let pointer = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    init() { check(pthread_mutex_init(pointer, nil), "pthread_mutex_init") }

    func lock() { check(pthread_mutex_lock(pointer), "pthread_mutex_lock") }

    func unlock() { check(pthread_mutex_unlock(pointer), "pthread_mutex_unlock") }

    func destroy() {
        check(pthread_mutex_destroy(pointer), "pthread_mutex_destroy")
        pointer.deallocate()
    }
}

/// A condition of the operating system to wait for, with deadlines on `CLOCK_MONOTONIC`. As in POSIX, a wait may end
/// without a reason. The owner calls `destroy()` when nobody can use it any more.
struct PosixCondition {
    private let pointer = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        var attributes = pthread_condattr_t()
        check(pthread_condattr_init(&attributes), "pthread_condattr_init")
        check(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC), "pthread_condattr_setclock")
        check(pthread_cond_init(pointer, &attributes), "pthread_cond_init")
        check(pthread_condattr_destroy(&attributes), "pthread_condattr_destroy")
    }

    /// Unlocks, waits for a signal, and locks again.
    func wait(_ lock: PosixLock) { check(pthread_cond_wait(pointer, lock.pointer), "pthread_cond_wait") }

    /// The same until a deadline in nanoseconds of `CLOCK_MONOTONIC`; returns whether the deadline has passed.
    func wait(_ lock: PosixLock, until deadlineNanoseconds: Int64) -> Bool {
        let status = process_condition_wait_until(pointer, lock.pointer, deadlineNanoseconds)
        guard status != ETIMEDOUT else { return true }
        check(status, "pthread_cond_timedwait")
        return false
    }

    /// Wakes one of those who wait.
    func signal() { check(pthread_cond_signal(pointer), "pthread_cond_signal") }

    func destroy() {
        check(pthread_cond_destroy(pointer), "pthread_cond_destroy")
        pointer.deallocate()
    }
}

/// These calls fail only on an object that was never made or is already gone: a mistake in this module.
private func check(_ status: Int32, _ call: String) {
    precondition(status == 0, "\(call) failed with error \(status)")
}
