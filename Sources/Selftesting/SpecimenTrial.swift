import Analysis
import Auditing
import Monitoring
import Pairing
import Statistics
import TraceModel

/// One process of a specimen: its events, and what is known around them.
public struct SpecimenTrial: Sendable {
    /// The trial's place in the order of running.
    public let order: Int
    /// In the order of time.
    public var events: [Event] { didSet { measured = nil } }
    /// Of the trace without its events, whose number is taken from `events`.
    public var condition = TraceCondition(eventCount: 0)
    public var load: LoadParameters
    public var provenance = ["binary": "5eaf00d", "host": "bench-1", "kernel": "6.1", "toolchain": "Swift 6.3"]
    /// A quiet machine.
    public var machine: MachineEvidence = .quiet
    /// The same trial in virtual time.
    private(set) var twin: [Stage: StageEvidence] = [:]

    /// What the events came to when they were last paired.
    private var measured: TraceMeasurement?

    init(order: Int, events: [Event], load: LoadParameters) {
        self.order = order
        self.events = events
        self.load = load
        measured = TraceMeasurement(events: events, writes: load.writes)
    }

    public var identifier: String { "trial-\(order < 9 ? "0" : "")\(order + 1)" }

    /// Makes the trial, as it now is, what its own virtual twin says.
    mutating func becomeTwin() { twin = evidence.stages }

    /// What the audits know of it.
    var evidence: TrialEvidence {
        guard let trace = measured ?? TraceMeasurement(events: events, writes: load.writes) else {
            preconditionFailure("\(identifier) has no events, not even its window's markers")
        }
        var condition = condition
        condition.eventCount = events.count
        var machine = machine
        machine.clientsSeen = trace.clientsSeen
        return TrialEvidence(
            identifier: identifier, block: order, trace: condition, byRequest: trace.byRequest,
            byThread: trace.byThread, overshoot: DurationSummary(trace.overshoot), halves: trace.halves, load: load,
            provenance: provenance, cellIndex: 0, order: order, stages: trace.stageEvidence(isSteady: true),
            machine: machine,
            oracle: .found(twin))
    }
}

extension MachineEvidence {
    /// A machine that does little else, with a good clock and a cheap recorder.
    static var quiet: MachineEvidence {
        var environment = EnvironmentFigures()
        environment.stealShare = 0
        environment.otherLoadShare = 0.01
        environment.programShare = 0.02
        environment.cpuPressureShare = 0.01
        environment.memoryPressureShare = 0
        environment.ioPressureShare = 0.002
        environment.swappedPages = 0
        environment.coreThrottlings = 0
        environment.groupThrottlings = 0
        return MachineEvidence(
            environment: environment, involuntarySwitchesPerSecond: 5, recordingNanoseconds: 20,
            clock: ClockEvidence(largestResidualNanoseconds: 100, resolutionNanoseconds: 1))
    }
}
