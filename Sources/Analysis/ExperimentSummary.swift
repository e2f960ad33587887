import Archiving
import Auditing
import Experiments
import Pairing
import Statistics
import TraceModel

/// All that a report or a gate may show of one run of one experiment. Reporting turns it into bytes and adds nothing.
public struct ExperimentSummary: Sendable, Equatable {
    public var declaration: Declaration
    public var plan: Plan
    public var verdict: Verdict
    /// The reasons for the verdict, in the order of ``AuditCatalogue/findings(in:)``, each once.
    public var findings: [Finding]
    /// The audits that could not be applied to all cells, and why.
    public var unapplied: [UnappliedAudit]
    public var hypotheses: [HypothesisOutcome]
    public var cells: [CellSummary]
    /// Trials that failed for good or were never run, in the plan's order.
    public var missingTrials: [MissingTrial]
    /// The distinct provenances of the trials, in the order first seen; more than one is a finding.
    public var provenances: [Provenance]
    /// When the first trial was started: ISO 8601, UTC; nil if none was.
    public var startedAt: String?
    /// What the declared factors do to the metrics that the hypotheses speak of.
    public var effects: [MetricEffects]
    /// What became of the rules by which trials do not count; nil where none was declared.
    public var exclusion: ExclusionSummary?
    /// What outside observers said of each trial that they watched, in the order of the cells and trials.
    public var observed: [ObservedTrial]
    /// What being watched cost; empty unless the factor `observer` has a level `none`.
    public var observerCosts: [ObserverCost]
    /// The name of the stored run that it is of; nil where none is stored.
    public var run: String?

    public init(
        declaration: Declaration, plan: Plan, verdict: Verdict, findings: [Finding], hypotheses: [HypothesisOutcome],
        cells: [CellSummary], missingTrials: [MissingTrial], provenances: [Provenance], startedAt: String?,
        effects: [MetricEffects] = [], exclusion: ExclusionSummary? = nil, unapplied: [UnappliedAudit] = [],
        observed: [ObservedTrial] = [], observerCosts: [ObserverCost] = [], run: String? = nil
    ) {
        self.run = run
        self.unapplied = unapplied
        self.observed = observed
        self.observerCosts = observerCosts
        self.effects = effects
        self.exclusion = exclusion
        self.declaration = declaration
        self.plan = plan
        self.verdict = verdict
        self.findings = findings
        self.hypotheses = hypotheses
        self.cells = cells
        self.missingTrials = missingTrials
        self.provenances = provenances
        self.startedAt = startedAt
    }
}

/// How far the numbers under one pairing can be trusted: the worst of the findings that concern it.
public struct Verdict: Sendable, Equatable {
    /// From good to bad.
    public enum Level: String, Sendable, Codable, CaseIterable, Comparable {
        case trusted, doubtful, invalid

        public static func < (left: Level, right: Level) -> Bool {
            allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
        }
    }

    /// One level for each pairing that the declaration names, in its order. Findings without a subject count for all.
    public var byPairing: [PairingVerdict]
    /// That of the processes' own figures, where no events were paired; nil where some were.
    public var ofProcesses: Level?

    public init(byPairing: [PairingVerdict], ofProcesses: Level? = nil) {
        self.byPairing = byPairing
        self.ofProcesses = ofProcesses
    }

    /// The worst of them: that of the measurement as a whole.
    public var level: Level { (byPairing.map(\.level) + [ofProcesses].compactMap(\.self)).max() ?? .trusted }

    public struct PairingVerdict: Sendable, Equatable {
        public var pairing: PairingKey
        public var level: Level

        public init(pairing: PairingKey, level: Level) {
            self.pairing = pairing
            self.level = level
        }
    }
}

/// A trial without numbers, and why.
public typealias MissingTrial = MissingTrialEvidence

/// What became of a hypothesis.
public struct HypothesisOutcome: Sendable, Equatable {
    public enum Answer: String, Sendable, Codable { case supported, refuted, undecided }

    public var hypothesis: Hypothesis
    public var answer: Answer
    /// How far the figures it rests on can be trusted: the worst of the findings on its own cells, stage and pairings.
    public var trust: Verdict.Level
    /// The figures that decided it, or what was missing, as whole sentences: one for each cell or comparison.
    public var figures: [String]
    /// The one of them that decided, or the range of all where all had to hold; without a full stop, to stand behind
    /// the statement. Nil where there was nothing to look at.
    public var deciding: String?

    public init(
        hypothesis: Hypothesis, answer: Answer, trust: Verdict.Level = .trusted, figures: [String],
        deciding: String? = nil
    ) {
        self.hypothesis = hypothesis
        self.answer = answer
        self.trust = trust
        self.figures = figures
        self.deciding = deciding
    }
}

/// The measurements of one cell over its trials.
public struct CellSummary: Sendable, Equatable {
    public var cell: Cell
    /// How many trials were analysed.
    public var trialCount: Int
    /// The events of the measured window summed over the trials: one count for each kind, zero where none, but without
    /// `request-due` where no load was open.
    public var eventCounts: [EventKind: Int]
    /// Requests that were open when the window closed, over the trials; nil where there are no events.
    public var openRequests: Int?
    /// What the load's schedule asked for; nil where no load was open.
    public var offeredLoad: OfferedLoad?
    /// One for each stage, subset and pairing that the declaration asks for, in its order; subsets only for `request`
    /// and `queue-wait` by request.
    public var stages: [StageSummary]
    /// Metrics that do not depend on a pairing, where they could be computed.
    public var metrics: [MetricEstimate]
    /// Figures of the reference that match this cell.
    public var reference: [ReferenceFigure]
    /// What the programs and the kernel said the trials used: name with unit (`cpu-seconds`, `peak-resident-bytes`,
    /// `allocations`, `allocated-bytes`, `involuntary-switches`) and the estimate over processes.
    public var resources: [NamedEstimate]
    /// What the machine did while the trials measured; without what no trial could tell.
    public var environment: [EnvironmentRow]
    /// The requests that took longest in the measured windows, over all trials, the slowest first: at most
    /// ``SlowestRequest/countACell``.
    public var slowest: [SlowestRequest]

    public init(
        cell: Cell, trialCount: Int, eventCounts: [EventKind: Int], openRequests: Int?,
        offeredLoad: OfferedLoad? = nil, stages: [StageSummary], metrics: [MetricEstimate],
        reference: [ReferenceFigure], resources: [NamedEstimate], environment: [EnvironmentRow] = [],
        slowest: [SlowestRequest] = []
    ) {
        self.slowest = slowest
        self.environment = environment
        self.offeredLoad = offeredLoad
        self.cell = cell
        self.trialCount = trialCount
        self.eventCounts = eventCounts
        self.openRequests = openRequests
        self.stages = stages
        self.metrics = metrics
        self.reference = reference
        self.resources = resources
    }
}

/// What the schedule of an open loop asked for, and what of it had not been sent when the window closed.
public struct OfferedLoad: Sendable, Equatable {
    /// Requests that were due in the window, a second.
    public var duePerSecond: Estimate
    /// Requests that were due and not sent when the window closed, as the program reports them; nil where it does not.
    public var dueNotSent: Estimate?

    public init(duePerSecond: Estimate, dueNotSent: Estimate?) {
        self.duePerSecond = duePerSecond
        self.dueNotSent = dueNotSent
    }
}

/// A metric of a cell.
public struct MetricEstimate: Sendable, Equatable {
    public var metric: Metric
    public var estimate: Estimate

    public init(metric: Metric, estimate: Estimate) {
        self.metric = metric
        self.estimate = estimate
    }
}

/// A named figure of a cell.
public struct NamedEstimate: Sendable, Equatable {
    public var name: String
    public var estimate: Estimate

    public init(name: String, estimate: Estimate) {
        self.name = name
        self.estimate = estimate
    }
}

/// The durations of one stage under one pairing, all trials of a cell.
public struct StageSummary: Sendable, Equatable {
    public var stage: Stage
    public var subset: Metric.Subset
    public var pairing: PairingKey
    /// All finished durations of all processes together, with percentiles that count the open ones in; nil where none is
    /// finished.
    public var pooled: DurationSummary?
    /// Mean over processes of each process's own value, with the interval; a metric is missing where a process has
    /// too few durations to carry it.
    public var estimates: [MetricEstimate]
    public var counts: PairingCounts
    /// What the figures rest on.
    public var basis: StageBasis
    /// Pooled over processes, by powers of two: every bucket from the first to the last that is not empty.
    public var powerOfTwo: [HistogramBucket]
    /// Pooled over processes, in equal steps: every bucket from the first to the last that is not empty, at most 60.
    public var linear: [HistogramBucket]
    /// The reference's power-of-two histogram of this stage, in this cell, under this pairing; empty where the
    /// reference has none or it is of another cell.
    public var referenceHistogram: [ReferenceBucket]

    public init(
        stage: Stage, subset: Metric.Subset, pairing: PairingKey, pooled: DurationSummary?,
        estimates: [MetricEstimate], counts: PairingCounts, powerOfTwo: [HistogramBucket], linear: [HistogramBucket],
        referenceHistogram: [ReferenceBucket] = [], basis: StageBasis = StageBasis()
    ) {
        self.basis = basis
        self.stage = stage
        self.subset = subset
        self.pairing = pairing
        self.pooled = pooled
        self.estimates = estimates
        self.counts = counts
        self.powerOfTwo = powerOfTwo
        self.linear = linear
        self.referenceHistogram = referenceHistogram
    }
}
