import Experiments
import Pairing
import Statistics
import TraceModel

/// What the audits of one cell look at: plain values, so that an audit needs no files and no clock.
public struct CellEvidence: Sendable, Equatable {
    /// The cell as a reader knows it, as in `clients 15`; it opens each sentence. Nil where there is but one.
    public var label: String?
    /// The trials that have numbers, in the order of the plan.
    public var trials: [TrialEvidence]
    /// The trials that were planned and have none.
    public var missing: [MissingTrialEvidence]
    /// How many trials have numbers and do not count, by a declared rule.
    public var excludedCount: Int
    /// What the audits hold figures against.
    public var limits: Limits
    /// The stages whose figures are shown.
    public var shownStages: [Stage]
    /// Whether it is one trace by itself, without an experiment around it: nothing was planned, and nothing watched.
    public var isTraceAlone: Bool

    public init(
        label: String? = nil, trials: [TrialEvidence], missing: [MissingTrialEvidence] = [], limits: Limits = Limits(),
        shownStages: [Stage] = Stage.allCases, excludedCount: Int = 0, isTraceAlone: Bool = false
    ) {
        self.isTraceAlone = isTraceAlone
        self.excludedCount = excludedCount
        self.label = label
        self.trials = trials
        self.missing = missing
        self.limits = limits
        self.shownStages = shownStages
    }
}

/// A trial that failed for good or was never run.
public struct MissingTrialEvidence: Sendable, Equatable {
    public var identifier: String
    /// A whole sentence.
    public var reason: String

    public init(identifier: String, reason: String) {
        self.identifier = identifier
        self.reason = reason
    }
}

/// What the audits know of one process.
public struct TrialEvidence: Sendable, Equatable {
    public var identifier: String
    public var block: Int
    public var trace: TraceCondition
    public var byRequest: PairingOutcome
    /// Nil where the experiment does not show pairing by thread: then nothing is said of it.
    public var byThread: PairingOutcome?
    /// By request, of each write: how long it took from `persist-start` less the delay it drew, in nanoseconds. Nil
    /// where no write was done or the trace does not carry its delay.
    public var overshoot: DurationSummary?
    public var halves: [HalvesEvidence]
    /// What the program was asked to do, where that is known.
    public var load: LoadParameters
    /// What has to be alike in trials that are pooled, by name, as in `binary` or `host`; what is unknown is left out.
    public var provenance: [String: String]
    /// Which cell of the experiment it is a trial of, from 0.
    public var cellIndex: Int
    /// The trial's place in the order in which an experiment's trials ran, from 0.
    public var order: Int
    /// By request; without the stages that have no finished span.
    public var stages: [Stage: StageEvidence]
    /// What the machine did meanwhile, and what recording cost.
    public var machine: MachineEvidence
    /// The same trial in virtual time.
    public var oracle: OracleEvidence
    /// Whether there is a trace at all. Where there is none, what is of events is empty, and audits of events do not apply.
    public let hasTrace: Bool
    /// The figures that the trial is for, where they come from elsewhere than a trace; in the order of the experiment's.
    public var figures: [ProcessFigure]

    public init(
        identifier: String, block: Int, trace: TraceCondition, byRequest: PairingOutcome, byThread: PairingOutcome?,
        overshoot: DurationSummary?, halves: [HalvesEvidence], load: LoadParameters, provenance: [String: String],
        cellIndex: Int = 0, order: Int = 0, stages: [Stage: StageEvidence] = [:],
        machine: MachineEvidence = MachineEvidence(),
        oracle: OracleEvidence = .notApplicable
    ) {
        hasTrace = true
        figures = []
        self.cellIndex = cellIndex
        self.order = order
        self.stages = stages
        self.machine = machine
        self.oracle = oracle
        self.identifier = identifier
        self.block = block
        self.trace = trace
        self.byRequest = byRequest
        self.byThread = byThread
        self.overshoot = overshoot
        self.halves = halves
        self.load = load
        self.provenance = provenance
    }

    /// A process whose figures come from elsewhere than a trace.
    public init(
        withoutTrace identifier: String, block: Int, cellIndex: Int, order: Int, provenance: [String: String],
        machine: MachineEvidence, figures: [ProcessFigure]
    ) {
        hasTrace = false
        self.identifier = identifier
        self.block = block
        self.cellIndex = cellIndex
        self.order = order
        self.provenance = provenance
        self.machine = machine
        self.figures = figures
        let window = TraceWindow(start: 0, end: 0)
        trace = TraceCondition(eventCount: 0)
        byRequest = PairingOutcome(key: .request, window: window, stages: [:], eventCounts: [:], stageSum: nil)
        byThread = nil
        overshoot = nil
        halves = []
        load = LoadParameters()
        stages = [:]
        oracle = .notApplicable
    }
}

/// How well a trace came through, as the recorder and the reader say.
public struct TraceCondition: Sendable, Equatable {
    /// Events that were read.
    public var eventCount: Int
    /// Events that the recorder could not keep; of an import, those that could not be read or that their source had lost.
    public var droppedEvents: Int
    /// Whether the trace was imported, and not recorded by its program.
    public var isImported: Bool
    /// Whether the program closed the trace; it does not when it is killed.
    public var isClosed: Bool
    /// What the reader found damaged, each a whole sentence.
    public var problems: [String]
    /// How many more problems there are than are listed.
    public var unlistedProblemCount: Int
    /// What the times are; `virtual` where no clock of the machine was read.
    public var clock: TraceFormat.Clock
    /// When the first event happened, in nanoseconds of the trace's clock; nil where there is none.
    public var firstNanoseconds: Int64?

    public init(
        eventCount: Int, droppedEvents: Int = 0, isClosed: Bool = true, problems: [String] = [],
        clock: TraceFormat.Clock = .monotonic, firstNanoseconds: Int64? = nil, unlistedProblemCount: Int = 0,
        isImported: Bool = false
    ) {
        self.isImported = isImported
        self.unlistedProblemCount = unlistedProblemCount
        self.clock = clock
        self.firstNanoseconds = firstNanoseconds
        self.eventCount = eventCount
        self.droppedEvents = droppedEvents
        self.isClosed = isClosed
        self.problems = problems
    }
}

/// A stage's mean duration by request, in nanoseconds, over the spans done in each half of the window.
public struct HalvesEvidence: Sendable, Equatable {
    public var stage: Stage
    public var firstMean: Double
    public var secondMean: Double

    public init(stage: Stage, firstMean: Double, secondMean: Double) {
        self.stage = stage
        self.firstMean = firstMean
        self.secondMean = secondMean
    }
}

/// What a program was asked to do; a law whose parameters are not all known is not applied.
public struct LoadParameters: Sendable, Equatable {
    public var clients: Int?
    public var permits: Int?
    public var writes: Writes?
    /// The means that were declared, in nanoseconds; the network's is of one traverse.
    public var meanThinkNanoseconds: Double?
    public var meanNetworkNanoseconds: Double?
    public var meanWriteNanoseconds: Double?
    /// Whether the store was told to stand still from time to time.
    public var hasStalls: Bool

    public init(
        clients: Int? = nil, permits: Int? = nil, writes: Writes? = nil, meanThinkNanoseconds: Double? = nil,
        meanNetworkNanoseconds: Double? = nil, meanWriteNanoseconds: Double? = nil, hasStalls: Bool = false
    ) {
        self.clients = clients
        self.permits = permits
        self.writes = writes
        self.meanThinkNanoseconds = meanThinkNanoseconds
        self.meanNetworkNanoseconds = meanNetworkNanoseconds
        self.meanWriteNanoseconds = meanWriteNanoseconds
        self.hasStalls = hasStalls
    }
}
