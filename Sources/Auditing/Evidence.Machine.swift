import Monitoring

/// What the machine did during a trial. Nil is what nobody could tell.
public struct MachineEvidence: Sendable, Equatable {
    /// Over the measured window; nil where the environment was not sampled.
    public var environment: EnvironmentFigures?
    /// How often a second the kernel took a CPU away from the program, over its whole life.
    public var involuntarySwitchesPerSecond: Double?
    /// What recording one event costs, in nanoseconds, as the program measured it.
    public var recordingNanoseconds: Double?
    /// Clients of whom an event was seen before the window closed.
    public var clientsSeen: Int?
    /// How well the trace's clock kept time; nil in virtual time.
    public var clock: ClockEvidence?

    public init(
        environment: EnvironmentFigures? = nil, involuntarySwitchesPerSecond: Double? = nil,
        recordingNanoseconds: Double? = nil, clientsSeen: Int? = nil, clock: ClockEvidence? = nil
    ) {
        self.environment = environment
        self.involuntarySwitchesPerSecond = involuntarySwitchesPerSecond
        self.recordingNanoseconds = recordingNanoseconds
        self.clientsSeen = clientsSeen
        self.clock = clock
    }
}

/// How well a trace's clock kept time.
public struct ClockEvidence: Sendable, Equatable {
    /// The largest distance of a calibration from the line through its neighbours; nil with fewer than three.
    public var largestResidualNanoseconds: Double?
    /// The step that the clock counts in; nil where there are too few time stamps to tell.
    public var resolutionNanoseconds: Double?

    public init(largestResidualNanoseconds: Double? = nil, resolutionNanoseconds: Double? = nil) {
        self.largestResidualNanoseconds = largestResidualNanoseconds
        self.resolutionNanoseconds = resolutionNanoseconds
    }
}
