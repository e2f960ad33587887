/// The continuation of a sleeping task: it is told whether the deadline was reached, or else the sleep cancelled.
typealias Sleeper = UnsafeContinuation<Bool, Never>

typealias SleeperQueue = TimerQueue<Sleeper>

/// An executor that has a timer queue, and can put its tasks to sleep.
protocol Sleeping: AnyObject, Sendable {
    func reserveTimer() -> SleeperQueue.Ticket
    /// Begins the sleep, or resumes the sleeper with false if it was cancelled meanwhile.
    func beginTimer(_ ticket: SleeperQueue.Ticket, until deadlineNanoseconds: Int64, _ sleeper: Sleeper)
    func cancelTimer(_ ticket: SleeperQueue.Ticket)
}

// Both run wherever their caller does (`nonsending`, this package's default), because a hop between executors costs some
// where it leads nowhere: the runtime looks the preference up under the lock of the task's status records.

extension Sleeping {
    /// Suspends the calling task until the deadline on the executor's clock.
    ///
    /// - Throws: `Cancellation` when the task is cancelled before the deadline.
    @inline(__always)
    func sleep(untilNanoseconds deadline: Int64) async throws(Cancellation) {
        guard !Task.isCancelled else { throw Cancellation() }
        let ticket = reserveTimer()
        let isAwakened = await withTaskCancellationHandler {
            await withUnsafeContinuation { beginTimer(ticket, until: deadline, $0) }
        } onCancel: {
            cancelTimer(ticket)
        }
        guard isAwakened else { throw Cancellation() }
    }
}

/// Lets every other task that is ready go first; the sleep of zero length that all runtimes share.
///
/// - Throws: `Cancellation` when the task is cancelled before or meanwhile.
@inline(__always)
func yieldOnce() async throws(Cancellation) {
    guard !Task.isCancelled else { throw Cancellation() }
    if Worker.current != nil {
        // `Task.yield` enqueues a job that enqueues the task when its turn comes: twice the cost. The worker resumes
        // the task right after it has suspended, which is before any other job runs.
        await withUnsafeContinuation { continuation in
            guard let worker = Worker.current else { return continuation.resume() }
            worker.yielded = continuation
        }
    } else {
        await Task.yield()
    }
    guard !Task.isCancelled else { throw Cancellation() }
}
