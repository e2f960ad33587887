import Synchronization

/// Hands out the identifiers of requests: 1, 2, 3, …
final class RequestNumbers: Sendable {
    private let last = Atomic<UInt64>(0)

    func next() -> UInt64 { last.wrappingAdd(1, ordering: .relaxed).newValue }
}
