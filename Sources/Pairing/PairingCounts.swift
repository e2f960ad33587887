/// What became of the starts and dones of one stage under one pairing. Everything that was not paired is here.
public struct PairingCounts: Sendable, Equatable, Codable {
    /// Start events seen in the window.
    public var starts = 0
    /// Done events seen in the window.
    public var dones = 0
    /// Spans made.
    public var paired = 0
    /// Starts whose mark a later start of the same key overwrote before a done came (by thread), or that repeat an
    /// identifier that is still open (by request).
    public var overwrittenStarts = 0
    /// Dones for which no start was marked.
    public var unmatchedDones = 0
    /// Dones whose start lies before the window: in flight when the window opened. By request only, but for responses,
    /// whose start is an instant that the thread's mark holds too.
    public var startedBefore = 0
    /// Starts without a done when the window closed.
    public var open = 0
    /// Spans whose start and done happened on different OS threads.
    public var changedThread = 0
    /// Spans whose start and done carry different request identifiers: certainly wrong.
    public var mismatchedRequests = 0
    /// Spans that ended before they began.
    public var negative = 0
    /// Spans of a persist stage that are shorter than the delay that their start drew: impossible if rightly paired.
    public var shorterThanDrawn = 0

    public init() {}
}
