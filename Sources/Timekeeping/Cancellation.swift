/// The runtime shuts down: a green thread is to end.
///
/// Not the standard library's `CancellationError`, whose size is unknown when this is compiled: functions that throw it
/// make room for it at run time, with every call.
public struct Cancellation: Error {
    public init() {}
}
