/// Where a system under test puts its events. The sink stamps time, OS thread and CPU itself.
public protocol EventSink: Sendable {
    /// Records that something happened now, on the calling thread. Never blocks and never fails: what cannot be
    /// recorded is counted by the sink.
    ///
    /// - Parameter value: For `persistStart` the delay drawn and for `requestDue` how long ago the request was due, in
    ///   nanoseconds; zero otherwise.
    func record(_ kind: EventKind, request: UInt64, client: UInt32, value: Int64)
}
