/// How often each thing has happened.
public struct EventCounts: Sendable, Equatable {
    public var requestsStarted: Int
    public var requestsDone: Int
    /// Requests that found no permit free.
    public var blocked: Int
    /// Requests that found one.
    public var nonblocked: Int
    /// Writes enqueued.
    public var writesStarted: Int
    public var writesDone: Int
    /// Draws of any delay that were below zero and counted as zero.
    public var negativeDraws: Int

    public init(
        requestsStarted: Int = 0, requestsDone: Int = 0, blocked: Int = 0, nonblocked: Int = 0, writesStarted: Int = 0,
        writesDone: Int = 0, negativeDraws: Int = 0
    ) {
        self.requestsStarted = requestsStarted
        self.requestsDone = requestsDone
        self.blocked = blocked
        self.nonblocked = nonblocked
        self.writesStarted = writesStarted
        self.writesDone = writesDone
        self.negativeDraws = negativeDraws
    }

    /// What has happened since an earlier moment.
    public static func - (now: EventCounts, before: EventCounts) -> EventCounts {
        EventCounts(
            requestsStarted: now.requestsStarted - before.requestsStarted,
            requestsDone: now.requestsDone - before.requestsDone,
            blocked: now.blocked - before.blocked,
            nonblocked: now.nonblocked - before.nonblocked,
            writesStarted: now.writesStarted - before.writesStarted,
            writesDone: now.writesDone - before.writesDone,
            negativeDraws: now.negativeDraws - before.negativeDraws)
    }
}
