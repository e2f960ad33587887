/// Counts what has begun and not ended, and lets a thread wait until nothing is left.
final class ActiveCount: @unchecked Sendable {
    // Unchecked: `lock` guards `count`; the rest is constant.
    private let lock = PosixLock()
    private let noneLeft = PosixCondition()
    private var count = 0

    deinit {
        noneLeft.destroy()
        lock.destroy()
    }

    /// Counts one more; returns how many there are now.
    @discardableResult
    func enter() -> Int {
        lock.lock()
        defer { lock.unlock() }
        count += 1
        return count
    }

    /// Counts one less.
    func leave() {
        lock.lock()
        precondition(count > 0, "more have left than entered")
        count -= 1
        if count == 0 { noneLeft.signal() }
        lock.unlock()
    }

    /// Blocks the calling OS thread while the count is above zero. For one thread at a time.
    func waitUntilNone() {
        lock.lock()
        while count > 0 { noneLeft.wait(lock) }
        lock.unlock()
    }
}
