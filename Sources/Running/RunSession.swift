import Experiments

/// Where one session of a run stands: counts and times, nothing on disk.
struct RunSession: Sendable {
    let plan: Plan
    let phase: RunStatus.Phase
    private let total: Int
    private var finished: Int
    private var failed: Int
    private var estimator: TimeLeftEstimator
    private let clock: RunClock
    private let begun: Duration
    private let virtualCellIndices: Set<Int>
    private var remaining = TimeLeftEstimator.Remaining()
    private var running: (begun: Duration, isVirtual: Bool)?

    /// - Parameters:
    ///   - open: What is to run in this session.
    ///   - finished: What earlier sessions finished.
    ///   - failed: What failed for good in earlier sessions.
    init(
        plan: Plan, phase: RunStatus.Phase = .trials, open: [PlannedTrial], finished: Int, failed: Int, clock: RunClock
    ) {
        self.plan = plan
        self.phase = phase
        total = open.count + finished + failed
        self.finished = finished
        self.failed = failed
        estimator = TimeLeftEstimator(schedule: plan.schedule)
        self.clock = clock
        begun = clock.elapsed()
        virtualCellIndices = plan.virtualCellIndices
        for trial in open { count(1, isVirtual: isVirtual(trial)) }
    }

    private func isVirtual(_ trial: PlannedTrial) -> Bool {
        phase == .oracles || virtualCellIndices.contains(trial.cellIndex)
    }

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

    /// Trials that began together with the last one to begin are finished; no trial is running then.
    mutating func burstFinished(count: Int) {
        estimator.learn(runningFor, count: count)
        finished += count
        remaining.wall -= count
        running = nil
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
            experiment: plan.experiment, phase: phase, total: total, finished: finished, failed: failed,
            elapsed: clock.elapsed() - begun,
            timeLeft: estimator.timeLeft(
                remaining, runningFor: runningFor, isVirtual: running?.isVirtual ?? false))
    }

    private var runningFor: Duration { running.map { clock.elapsed() - $0.begun } ?? .zero }
}
