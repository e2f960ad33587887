import TraceModel

/// What a client sends: all events of the request and of its write carry both numbers.
struct Request: Sendable {
    /// From 1, in the order in which requests were made; no two of a run have the same.
    let identifier: UInt64
    /// The client that made it, from 0.
    let client: UInt32
}

extension EventSink {
    func record(_ kind: EventKind, of request: Request, value: Int64 = 0) {
        record(kind, request: request.identifier, client: request.client, value: value)
    }

    /// Records a marker, which belongs to no request.
    func record(marker kind: EventKind) {
        record(kind, request: 0, client: 0, value: 0)
    }
}
