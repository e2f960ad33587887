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
    private var trialBegun: Duration?

    init(plan: Plan, open: [(trial: PlannedTrial, attempt: Int)], finished: Int, clock: RunClock) {
        self.plan = plan
        self.open = open
        self.finished = finished
        failed = plan.trials.count - open.count - finished
        estimator = TimeLeftEstimator(schedule: plan.schedule)
        self.clock = clock
        begun = clock.elapsed()
    }

    mutating func trialBegins() { trialBegun = clock.elapsed() }

    /// Returns how long the trial took, from its staging to its being stored.
    mutating func trialFinished() -> Duration {
        let elapsed = runningFor
        estimator.learn(elapsed)
        finished += 1
        trialBegun = nil
        return elapsed
    }

    mutating func trialFailed(willRetry: Bool) {
        if !willRetry { failed += 1 }
        trialBegun = nil
    }

    func status() -> RunStatus {
        let left = plan.trials.count - finished - failed
        return RunStatus(
            experiment: plan.experiment, total: plan.trials.count, finished: finished, failed: failed,
            elapsed: clock.elapsed() - begun, timeLeft: estimator.timeLeft(trials: left, runningFor: runningFor))
    }

    private var runningFor: Duration { trialBegun.map { clock.elapsed() - $0 } ?? .zero }
}
