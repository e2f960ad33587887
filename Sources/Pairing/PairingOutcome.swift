import TraceModel

/// What pairing one trace by one key came to, besides the spans themselves.
public struct PairingOutcome: Sendable, Equatable {
    public var key: PairingKey
    public var window: TraceWindow
    /// By request all stages; by thread request, persist and persist-async; under either pairing `response` only where the
    /// trace has a `request-due`.
    public var stages: [Stage: StageOutcome]
    /// Events in the window, for every kind, also those that did not occur.
    public var eventCounts: [EventKind: Int]
    /// Whether the parts of the requests add up; nil by thread, where parts cannot be told.
    public var stageSum: StageSum?

    public init(
        key: PairingKey, window: TraceWindow, stages: [Stage: StageOutcome], eventCounts: [EventKind: Int],
        stageSum: StageSum?
    ) {
        self.key = key
        self.window = window
        self.stages = stages
        self.eventCounts = eventCounts
        self.stageSum = stageSum
    }
}

/// One stage under one pairing.
public struct StageOutcome: Sendable, Equatable {
    public var counts: PairingCounts
    /// The starts, ascending, of what was in flight when the window closed and had started in it: right-censored, each
    /// at the age `window.end − start`. Fewer than `counts.open` where a request ended without the stage's done.
    public var openStarts: [Int64]
    public var flight: FlightTime

    public init(counts: PairingCounts, openStarts: [Int64], flight: FlightTime) {
        self.counts = counts
        self.openStarts = openStarts
        self.flight = flight
    }
}

/// The time that a stage was in flight within the window, added up in two independent ways; each is ∫ N(t) dt, the
/// number in flight integrated over time, in nanoseconds.
public struct FlightTime: Sendable, Equatable {
    /// From counting alone: N rises with each start and falls with each done, whichever they belong to. Nil by thread,
    /// where what came before the window is not seen.
    public var countedNanoseconds: Int64?
    /// From the spans: their durations.
    public var spanNanoseconds: Int64
    /// The part inside the window of what had started before it; nil by thread.
    public var carriedInNanoseconds: Int64?
    /// The age, when the window closed, of what was then open and had started in it.
    public var openNanoseconds: Int64

    public init(
        countedNanoseconds: Int64?, spanNanoseconds: Int64, carriedInNanoseconds: Int64?, openNanoseconds: Int64
    ) {
        self.countedNanoseconds = countedNanoseconds
        self.spanNanoseconds = spanNanoseconds
        self.carriedInNanoseconds = carriedInNanoseconds
        self.openNanoseconds = openNanoseconds
    }
}

/// Request spans against the sum of their own parts: outbound network, queue wait, return network and, where requests
/// wait for their writes, persist.
public struct StageSum: Sendable, Equatable {
    /// Request spans in the window.
    public var requests = 0
    /// Those whose parts do not add up to the request exactly: the parts share their time stamps, so nothing but a
    /// missing or repeated event parts them.
    public var unexplainedRequests = 0
    /// The durations of all of them.
    public var elapsedNanoseconds: Int64 = 0
    /// The durations of their parts.
    public var explainedNanoseconds: Int64 = 0

    public init() {}

    @inline(__always)
    mutating func enter(elapsed: Int64, explained: Int64) {
        requests &+= 1
        if elapsed != explained { unexplainedRequests &+= 1 }
        elapsedNanoseconds &+= elapsed
        explainedNanoseconds &+= explained
    }
}
