/// One thing that happened, as the harness sees it: read from a trace, with the time in nanoseconds.
public struct Event: Sendable, Equatable {
    /// When it happened, in nanoseconds of the machine's monotonic clock (`CLOCK_MONOTONIC`), or in virtual time since the
    /// run began.
    public var nanoseconds: Int64
    public var kind: EventKind
    /// The request that it belongs to; a write carries its request's identifier. Zero for markers.
    public var request: UInt64
    /// The client that made the request, from 0. Zero for markers.
    public var client: UInt32
    /// The OS thread that it happened on (`gettid`); 0 in virtual time.
    public var thread: UInt32
    /// The CPU that it happened on; 0 in virtual time.
    public var cpu: UInt16
    /// For `persistStart` the delay drawn and for `requestDue` the lateness, in nanoseconds; zero otherwise.
    public var value: Int64

    @inlinable
    public init(
        nanoseconds: Int64, kind: EventKind, request: UInt64 = 0, client: UInt32 = 0, thread: UInt32 = 0,
        cpu: UInt16 = 0, value: Int64 = 0
    ) {
        self.nanoseconds = nanoseconds
        self.kind = kind
        self.request = request
        self.client = client
        self.thread = thread
        self.cpu = cpu
        self.value = value
    }

    /// For `requestDue` the instant at which the request was due, in nanoseconds of the trace's clock: its lateness
    /// before the record's own time. An instant that does not fit (a damaged trace) becomes the end of the range.
    @inlinable
    public var dueNanoseconds: Int64 {
        let (instant, overflow) = nanoseconds.subtractingReportingOverflow(value)
        return overflow ? (value < 0 ? .max : .min) : instant
    }
}
