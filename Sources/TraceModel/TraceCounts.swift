/// What a trace holds, by number.
public struct TraceCounts: Sendable, Equatable {
    /// Events that can be read.
    public var events = 0
    /// Chunks that begin with a chunk header, readable or not.
    public var chunks = 0
    /// Streams: buffers that threads recorded through, one after the other.
    public var streams = 0
    /// Records whose writer was killed before the last word was stored: at most one a stream, and no damage.
    public var unfinishedRecords = 0
    /// Records of whatever kind at or after the first damage of their stream, which are not read.
    public var unreadRecords = 0

    public init() {}
}
