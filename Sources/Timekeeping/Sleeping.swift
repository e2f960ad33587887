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

extension Sleeping {
    /// Suspends the calling task until the deadline on the executor's clock.
    ///
    /// - Throws: `Cancellation` when the task is cancelled before the deadline.
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
func yieldOnce() async throws(Cancellation) {
    guard !Task.isCancelled else { throw Cancellation() }
    await Task.yield()
    guard !Task.isCancelled else { throw Cancellation() }
}
