/// What a run tells of itself while it runs, in the order in which it happens: of its trials first, and then of their
/// oracles, if it has any to run. Which of the two is in ``RunStatus/phase``.
public enum RunProgress: Sendable, Equatable {
    /// Before the first trial.
    case runStarted(RunStatus)
    case trialStarted(trial: String, attempt: Int, RunStatus)
    /// Trials that run together, one after the other, the first of which is named.
    case burstStarted(count: Int, first: String, RunStatus)
    /// From time to time while a trial runs, if the run was asked for it.
    case trialRunning(trial: String, attempt: Int, RunStatus)
    /// Trials that ran together are stored; at least one.
    case burstFinished(count: Int, elapsed: Duration, RunStatus)
    /// The trial is stored.
    case trialFinished(trial: String, elapsed: Duration, RunStatus)
    /// The attempt is stored; without a retry the trial has failed for good.
    case trialFailed(trial: String, attempt: Int, reason: String, willRetry: Bool, RunStatus)
    /// Every trial is finished or has failed for good.
    case runFinished(RunStatus)
    /// The run was stopped from outside.
    case runInterrupted(RunStatus)
}

/// Where a run stands.
public struct RunStatus: Sendable, Equatable {
    /// What a run is at.
    public enum Phase: Sendable, Equatable {
        /// The trials of the plan.
        case trials
        /// The same trials in virtual time. Those that fail are not tried again.
        case oracles
    }

    public var experiment: String
    public var phase: Phase
    /// Trials in the plan, or oracles that they should have.
    public var total: Int
    /// Trials stored as finished, of earlier sessions too.
    public var finished: Int
    /// Trials that have failed for good, of earlier sessions too.
    public var failed: Int
    /// Time since this session began with this phase.
    public var elapsed: Duration
    /// How long the rest is likely to take; nil where trials in virtual time are left and none has finished yet.
    public var timeLeft: Duration?

    public init(
        experiment: String, phase: Phase = .trials, total: Int, finished: Int, failed: Int, elapsed: Duration,
        timeLeft: Duration?
    ) {
        self.experiment = experiment
        self.phase = phase
        self.total = total
        self.finished = finished
        self.failed = failed
        self.elapsed = elapsed
        self.timeLeft = timeLeft
    }

    /// Trials of which nothing more is to come.
    public var done: Int { finished + failed }
}
