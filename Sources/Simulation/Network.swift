import Randomness
import Timekeeping
import TraceModel

/// The way between client and data processor: it takes time, and nothing is lost on it or waits for anything else.
final class Network<Runtime: ConcurrencyRuntime>: Sendable {
    /// What one way takes.
    private let delay: Delay
    private let runtime: Runtime
    private let tally: Tally

    init(delay: Delay, runtime: Runtime, tally: Tally) {
        self.delay = delay
        self.runtime = runtime
        self.tally = tally
    }

    /// What the next way takes.
    func draw(from draws: inout RandomStream) -> Duration { tally.draw(delay, from: &draws) }

    /// Goes through the network once, in either direction.
    func traverse(taking duration: Duration) async throws(Cancellation) {
        try await runtime.sleep(for: duration)
    }
}
