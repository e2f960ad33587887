import Randomness
import Timekeeping
import TraceModel

/// A client in a closed loop: the next request is made when the last one has been answered and thought about.
struct Client<Runtime: ConcurrencyRuntime, Sink: EventSink>: Sendable {
    /// From 0.
    let number: UInt32
    /// How long after the start of the run the first request is made.
    let startDelay: Duration
    let thinkTime: Delay
    let network: Network<Runtime, Sink>
    let dataProcessor: DataProcessor<Runtime, Sink>
    let requestNumbers: RequestNumbers
    let runtime: Runtime
    let tally: Tally<Sink>

    /// - Parameter randomness: The stream of this client, `client/<number>`; each part draws from a stream of its own.
    /// - Throws: `CancellationError` when the run ends; there is no other way out.
    func run(drawingFrom randomness: RandomStream) async throws(CancellationError) {
        var networkDraws = randomness.split("network")
        var writeDraws = randomness.split("write")
        var thinkDraws = randomness.split("think")
        try await runtime.sleep(for: startDelay)
        while true {
            let request = Request(identifier: requestNumbers.next(), client: number)
            tally.record(.requestStart, of: request)
            try await network.traverse(drawingFrom: &networkDraws)
            try await dataProcessor.process(request, drawingFrom: &writeDraws)
            try await network.traverse(drawingFrom: &networkDraws)
            tally.record(.requestDone, of: request)
            try await runtime.sleep(for: tally.draw(thinkTime, from: &thinkDraws))
        }
    }
}
