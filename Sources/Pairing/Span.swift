import TraceModel

/// One start and the done that was paired with it.
public struct Span: Sendable, Equatable {
    public var stage: Stage
    /// The request that the start belongs to. By thread, the done may belong to another: see `doneRequest`.
    public var request: UInt64
    public var doneRequest: UInt64
    public var client: UInt32
    /// Nanoseconds of the trace's clock.
    public let start: Int64
    public let done: Int64
    /// How long it took, in nanoseconds; negative where the done is stamped before the start. Times so far apart that
    /// the difference does not fit (292 years: a damaged trace) give the largest or smallest number there is.
    public let elapsedNanoseconds: Int64
    public var startThread: UInt32
    public var doneThread: UInt32
    /// For the persist stages the delay that the start's write drew, in nanoseconds; nil where unknown.
    public var drawnDelay: Int64?
    /// Whether the start's request had to wait for a permit; nil while that is unknown.
    public var isBlocked: Bool?
    /// Whether it began and ended in the window, and is in the books as paired.
    public var isInWindow: Bool

    public init(
        stage: Stage, request: UInt64, doneRequest: UInt64, client: UInt32, start: Int64, done: Int64,
        startThread: UInt32, doneThread: UInt32, drawnDelay: Int64? = nil, isBlocked: Bool? = nil,
        isInWindow: Bool = true
    ) {
        self.stage = stage
        self.request = request
        self.doneRequest = doneRequest
        self.client = client
        self.start = start
        self.done = done
        elapsedNanoseconds = Self.difference(done, start)
        self.startThread = startThread
        self.doneThread = doneThread
        self.drawnDelay = drawnDelay
        self.isBlocked = isBlocked
        self.isInWindow = isInWindow
    }

    @inline(__always)
    static func difference(_ later: Int64, _ earlier: Int64) -> Int64 {
        let (difference, overflow) = later.subtractingReportingOverflow(earlier)
        return overflow ? (later < 0 ? .min : .max) : difference
    }
}
