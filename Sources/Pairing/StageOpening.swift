/// When and where a stage started that is not done.
public struct StageOpening: Sendable, Equatable {
    /// Nanoseconds of the trace's clock.
    public var nanoseconds: Int64
    public var thread: UInt32
    public var client: UInt32

    public init(nanoseconds: Int64, thread: UInt32, client: UInt32) {
        self.nanoseconds = nanoseconds
        self.thread = thread
        self.client = client
    }
}
