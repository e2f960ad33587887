/// A part of a request's life with a start event and a done event.
public enum Stage: String, Sendable, CaseIterable, Codable {
    /// `request-start` to `request-done`: from the actual send, which the literature calls the service time.
    case request
    /// From the instant at which the request was due (the time of `request-due` less its value) to `request-done`: the
    /// response time with the wait for a free client. Only a trace with `request-due`, that of an open loop, has it.
    case response
    /// `request-start` to `request-block` or `request-nonblock`: the way there.
    case outboundNetwork = "outbound-network"
    /// `request-block` or `request-nonblock` to `persist-start`: waiting for a permit (close to zero if not blocked).
    case queueWait = "queue-wait"
    /// `persist-start` to `persist-done`: the write, from the moment it is enqueued.
    case persist
    /// `persist-async-start` to `persist-done`: the write, from the moment its own green thread runs.
    case persistAsync = "persist-async"
    /// The way back: from `persist-start` (asynchronous writes) or `persist-done` (synchronous writes) to
    /// `request-done`.
    case returnNetwork = "return-network"
    /// `request-done` to the same client's next `request-start`; in an open loop the time in which it had nothing to do.
    case think
}

/// What a start and a done are paired by.
public enum PairingKey: String, Sendable, CaseIterable, Codable {
    /// By the identifier that both carry: right.
    case request
    /// By the OS thread that both happened on, as the thread-keyed scripts did: wrong wherever work changes threads.
    case thread
}
