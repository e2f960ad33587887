import Statistics
import TraceModel

/// One stage of one process, by request, over the measured window.
public struct StageEvidence: Sendable, Equatable {
    /// Spans that are done.
    public var count: Int
    /// Of the spans that are done, in nanoseconds, like all that follows.
    public var mean: Double
    public var minimum: Int64
    /// Percentiles that count the open spans in (Kaplan–Meier); nil where there are too few spans, or where too many are
    /// open for the percentile to be known from above.
    public var p50: Double?
    public var p90: Double?
    public var p99: Double?
    /// The p99 with the warm-up taken twice as long; nil where there was none, or too little would be left.
    public var p99AfterDoubledCut: Double?
    /// What the rule of the warm-up finds from the first event on; nil where there are too few spans for it.
    public var warmUp: WarmUpAnalysis?

    public init(
        count: Int, mean: Double, minimum: Int64, p50: Double? = nil, p90: Double? = nil, p99: Double? = nil,
        p99AfterDoubledCut: Double? = nil, warmUp: WarmUpAnalysis? = nil
    ) {
        self.count = count
        self.mean = mean
        self.minimum = minimum
        self.p50 = p50
        self.p90 = p90
        self.p99 = p99
        self.p99AfterDoubledCut = p99AfterDoubledCut
        self.warmUp = warmUp
    }
}

/// The same trial in virtual time: the same parameters, the same seed, and nothing of a machine.
public enum OracleEvidence: Sendable, Equatable {
    /// The trial ran in virtual time itself, or its program has no virtual time.
    case notApplicable
    /// There is none, and why: a whole sentence.
    case missing(reason: String)
    /// What each stage takes in virtual time.
    case found([Stage: StageEvidence])

    /// The stages, where they are known.
    public var stages: [Stage: StageEvidence]? {
        if case .found(let stages) = self { stages } else { nil }
    }
}
