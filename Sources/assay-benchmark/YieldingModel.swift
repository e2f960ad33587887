import DequeModule
import Recording
import Synchronization
import Timekeeping
import TraceModel

// The shape of the simulator's model, without what is not the executor's: a client goes through the network, takes one
// of the permits, starts a write on a green thread of its own, goes back through the network, and thinks. Each of the
// four delays is a sleep of zero length, and all events of a request are recorded. There are no random draws and no
// tally, and nobody is cancelled: when it is over, no client makes another request, and what was begun is ended.

/// Clients, permits and writes that take no time.
final class YieldingModel<Runtime: ConcurrencyRuntime>: Sendable {
    private let runtime: Runtime
    private let recorder: Recorder
    private let permits: FairPermits
    private let isOver = Atomic(false)
    private let requestCount = Atomic<UInt64>(0)
    private let clientsLeft: Atomic<Int>
    private let clientCount: Int

    init(clientCount: Int, permitCount: Int, runtime: Runtime, recorder: Recorder) {
        self.clientCount = clientCount
        self.runtime = runtime
        self.recorder = recorder
        permits = FairPermits(total: permitCount)
        clientsLeft = Atomic(clientCount)
    }

    /// How many requests have been made.
    var requests: UInt64 { requestCount.load(ordering: .relaxed) }

    /// Runs it, blocking the calling OS thread.
    ///
    /// - Parameter keepTime: Runs beside the clients; when it returns, the model comes to its end.
    func run(_ keepTime: @escaping @Sendable (YieldingModel) async -> Void) {
        runtime.run { [self] in
            for number in 0..<UInt32(clientCount) { runtime.spawn { [self] in await runClient(number) } }
            await keepTime(self)
            isOver.store(true, ordering: .relaxed)
            while clientsLeft.load(ordering: .relaxed) > 0 { await pass() }
        }
    }

    private func runClient(_ client: UInt32) async {
        while !isOver.load(ordering: .relaxed) {
            let request = requestCount.wrappingAdd(1, ordering: .relaxed).newValue
            recorder.record(.requestStart, request: request, client: client, value: 0)
            await pass()
            let isGranted = permits.take()
            recorder.record(isGranted ? .requestNonblock : .requestBlock, request: request, client: client, value: 0)
            if !isGranted { await permits.wait() }
            recorder.record(.persistStart, request: request, client: client, value: 0)
            runtime.spawn { [self] in
                recorder.record(.persistAsyncStart, request: request, client: client, value: 0)
                await pass()
                recorder.record(.persistDone, request: request, client: client, value: 0)
                permits.release()
            }
            await pass()
            recorder.record(.requestDone, request: request, client: client, value: 0)
            await pass()
        }
        clientsLeft.wrappingSubtract(1, ordering: .relaxed)
    }

    /// A delay of no length.
    @inline(__always)
    private func pass() async {
        do {
            try await runtime.sleep(for: .zero)
        } catch {
            // Writes that are still going on when the last client has left: they have nothing to wait for.
        }
    }
}

/// Permits, first come, first served.
private final class FairPermits: Sendable {
    private struct State {
        var free: Int
        /// How many were released for somebody who has asked and does not wait yet.
        var owed = 0
        var asking = 0
        var waiting = Deque<UnsafeContinuation<Void, Never>>()
    }

    private let state: Guarded<State>

    init(total: Int) { state = Guarded(State(free: total)) }

    /// Takes a permit if one is free; otherwise ``wait()`` must follow.
    func take() -> Bool {
        state.withLock { state in
            guard state.free == 0 else {
                state.free -= 1
                return true
            }
            state.asking += 1
            return false
        }
    }

    @inline(__always)
    func wait() async {
        await withUnsafeContinuation { continuation in
            let isGranted = state.withLock { state in
                state.asking -= 1
                guard state.owed > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.owed -= 1
                return true
            }
            if isGranted { continuation.resume() }
        }
    }

    func release() {
        let next = state.withLock { state -> UnsafeContinuation<Void, Never>? in
            if let first = state.waiting.popFirst() { return first }
            if state.asking > state.owed { state.owed += 1 } else { state.free += 1 }
            return nil
        }
        next?.resume()
    }
}
