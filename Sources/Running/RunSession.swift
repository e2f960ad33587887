import Experiments

/// Where one session of a run stands: counts and times, nothing on disk.
struct RunSession: Sendable {
    let plan: Plan
    /// The trials to run in this session, in order, each with the number of its next attempt.
    let open: [(trial: PlannedTrial, attempt: Int)]
    private var finished: Int
    private var failed: Int
    private var estimator: TimeLeftEstimator
    private let clock: RunClock
    private let begun: Duration
    private let virtualCellIndices: Set<Int>
    private var remaining = TimeLeftEstimator.Remaining()
    private var running: (begun: Duration, isVirtual: Bool)?

    init(plan: Plan, open: [(trial: PlannedTrial, attempt: Int)], finished: Int, clock: RunClock) {
        self.plan = plan
        self.open = open
        self.finished = finished
        failed = plan.trials.count - open.count - finished
        estimator = TimeLeftEstimator(schedule: plan.schedule)
        self.clock = clock
        begun = clock.elapsed()
        virtualCellIndices = plan.virtualCellIndices
        for (trial, _) in open { count(1, isVirtual: isVirtual(trial)) }
    }

    private func isVirtual(_ trial: PlannedTrial) -> Bool { virtualCellIndices.contains(trial.cellIndex) }

    private mutating func count(_ change: Int, isVirtual: Bool) {
        if isVirtual { remaining.virtual += change } else { remaining.wall += change }
    }

    mutating func trialBegins(_ trial: PlannedTrial) { running = (clock.elapsed(), isVirtual(trial)) }

    /// Returns how long the trial took, from its staging to its being stored.
    mutating func trialFinished() -> Duration {
        let elapsed = runningFor
        estimator.learn(elapsed, isVirtual: running?.isVirtual ?? false)
        finished += 1
        trialIsDone()
        return elapsed
    }

    mutating func trialFailed(willRetry: Bool) {
        if willRetry {
            running = nil
        } else {
            failed += 1
            trialIsDone()
        }
    }

    private mutating func trialIsDone() {
        if let running { count(-1, isVirtual: running.isVirtual) }
        running = nil
    }

    func status() -> RunStatus {
        RunStatus(
            experiment: plan.experiment, total: plan.trials.count, finished: finished, failed: failed,
            elapsed: clock.elapsed() - begun,
            timeLeft: estimator.timeLeft(
                remaining, runningFor: runningFor, isVirtual: running?.isVirtual ?? false))
    }

    private var runningFor: Duration { running.map { clock.elapsed() - $0.begun } ?? .zero }
}
