import Experiments

/// Estimates how long the rest of a run takes: at first from the schedule alone, then from the trials that finished.
struct TimeLeftEstimator: Sendable {
    private let scheduled: Duration
    private var total: Duration = .zero
    private var count = 0

    init(schedule: Schedule) {
        scheduled = .nanoseconds(schedule.warmUpNanoseconds) + .nanoseconds(schedule.measureNanoseconds)
    }

    /// Learns how long a finished trial took, from its staging to its being stored.
    mutating func learn(_ elapsed: Duration) {
        total += elapsed
        count += 1
    }

    /// - Parameters:
    ///   - trials: Trials that are not done, the running one among them.
    ///   - runningFor: How long the running one has been at it.
    func timeLeft(trials: Int, runningFor: Duration = .zero) -> Duration {
        let each = count == 0 ? scheduled : total / count
        return each * trials - min(runningFor, trials > 0 ? each : .zero)
    }
}
