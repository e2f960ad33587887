/// The continuation of a green thread that waits for another: resumed exactly once, with what the two agreed upon.
public typealias Suspension = UnsafeContinuation<Bool, Never>

/// The continuation of a sleeping green thread: it is told whether the deadline was reached, or else the sleep cancelled.
typealias Sleeper = Suspension

/// What a green thread waits for: said of those that wait when nothing can wake them any more.
///
/// One object for each kind, made once: waits refer to it.
public final class WaitKind: Sendable {
    /// What waits, in the singular, as in `client`.
    public let waiter: String
    /// What it waits for, as in `a permit`.
    public let awaited: String

    public init(_ waiter: String, for awaited: String) {
        self.waiter = waiter
        self.awaited = awaited
    }
}

/// One of a kind that waits.
public struct Wait: Sendable {
    public let kind: WaitKind
    /// Which of the waiters it is: less than 2⁴⁸.
    public let number: UInt64

    public init(_ kind: WaitKind, _ number: UInt64) {
        self.kind = kind
        self.number = number
    }
}
