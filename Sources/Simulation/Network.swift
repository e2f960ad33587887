import Randomness
import Timekeeping
import TraceModel

/// The way between client and data processor: it takes time, and nothing is lost on it or waits for anything else.
struct Network<Runtime: ConcurrencyRuntime>: Sendable {
    /// What one way takes.
    let delay: Delay
    let runtime: Runtime
    let tally: Tally

    /// Goes through the network once, in either direction.
    func traverse(drawingFrom draws: inout RandomStream) async throws(CancellationError) {
        try await runtime.sleep(for: tally.draw(delay, from: &draws))
    }
}
