/// What a trace can say happened. The numbers are the format's and never change their meaning.
///
/// A request passes through at most one `requestNonblock` or `requestBlock`, one `persistStart`, one
/// `persistAsyncStart`, one `persistDone`, one `requestDue`, one `requestStart` and one `requestDone`. With asynchronous
/// writes `requestDone` and `persistDone` may come in either order.
public enum EventKind: UInt8, Sendable, CaseIterable {
    /// A client made a request and is about to send it. Once a request.
    case requestStart = 1
    /// The request took a permit at once. It does not imply that the write has been enqueued yet.
    case requestNonblock = 2
    /// The request found no permit free and begins to wait for one. The wait ends at `persistStart`.
    case requestBlock = 3
    /// The write is enqueued, on the green thread of the request. Its value is the delay that was drawn, in
    /// nanoseconds.
    case persistStart = 4
    /// The write runs on a green thread of its own and is about to sleep.
    case persistAsyncStart = 5
    /// The write is done; its permit is about to be released. It does not imply that the request is done.
    case persistDone = 6
    /// The answer reached the client. It does not imply that the write is done.
    case requestDone = 7
    /// The load's schedule called for the request as many nanoseconds before this record was made as its value says,
    /// zero or more. Once a request of an open loop, just before its `requestStart`; never in a closed loop. Either all
    /// requests of a trace have one or none has. It does not imply that a client took the request up: one that was still
    /// waiting when the recording ended may have this and nothing else. Since version 2.
    case requestDue = 8
    /// The warm-up is over and the measured window begins. At most once a trace.
    case measurementStart = 16
    /// The measured window ends. At most once a trace, after `measurementStart`.
    case measurementEnd = 17

    /// The name of the kind in reports, probes and exports, as in `persist-async-start`.
    public var name: String {
        switch self {
        case .requestStart: "request-start"
        case .requestNonblock: "request-nonblock"
        case .requestBlock: "request-block"
        case .persistStart: "persist-start"
        case .persistAsyncStart: "persist-async-start"
        case .persistDone: "persist-done"
        case .requestDone: "request-done"
        case .requestDue: "request-due"
        case .measurementStart: "measurement-start"
        case .measurementEnd: "measurement-end"
        }
    }

    /// The kinds by their number; nil for numbers that are no event's.
    static let byRawValue = ContiguousArray((0...UInt8.max).map { EventKind(rawValue: $0) })

    /// The first version of the format that has it.
    var firstVersion: UInt32 { self == .requestDue ? 2 : 1 }
}
