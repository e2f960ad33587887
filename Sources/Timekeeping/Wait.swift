/// The continuation of a green thread that waits for another: resumed exactly once, with what the two agreed upon.
public typealias Suspension = UnsafeContinuation<Bool, Never>

/// The continuation of a sleeping green thread: it is told whether the deadline was reached, or else the sleep cancelled.
typealias Sleeper = Suspension

/// Who waits for what: what virtual time says of those that wait when nothing can wake them any more.
public struct Wait: Sendable {
    /// What kind of thing waits, in the singular, as in `client`.
    public let waiter: StaticString
    /// Which of its kind it is.
    public let number: UInt64
    /// What it waits for, as in `a permit`.
    public let awaited: StaticString

    public init(_ waiter: StaticString, _ number: UInt64, for awaited: StaticString) {
        self.waiter = waiter
        self.number = number
        self.awaited = awaited
    }
}
