import Quantities

/// Green threads on Swift's default executor: as many OS threads as the machine has CPUs online, chosen by the system.
///
/// `run` blocks its OS thread, as with every runtime: called from a task of the default executor, it takes one of the
/// threads that its own green threads need.
public final class DispatchRuntime: ConcurrencyRuntime {
    private let greenThreads: GreenThreads
    private let active = ActiveCount()
    private let start = ContinuousClock.now

    public init() {
        let active = active
        active.enter()
        greenThreads = GreenThreads { active.leave() }
    }

    public var now: Duration { ContinuousClock.now - start }

    public func sleep(for duration: Duration) async throws(Cancellation) {
        guard duration > .zero else { return try await yieldOnce() }
        do {
            try await Task.sleep(for: duration, clock: .continuous)
        } catch {
            // Task.sleep throws nothing else.
            throw Cancellation()
        }
    }

    public func spawn(_ body: @escaping @Sendable () async -> Void) { greenThreads.start(on: nil, body) }

    public func run(_ body: @escaping @Sendable () async -> Void) throws(Deadlock) {
        greenThreads.startFirst(on: nil, body)
        active.waitUntilNone()
    }
}
