import Quantities
import Randomness
import Timekeeping
import TraceModel

/// A client with one request at a time.
struct Client<Runtime: ConcurrencyRuntime>: Sendable {
    /// From 0.
    let number: UInt32
    let system: SystemParts<Runtime>

    /// In a closed loop: makes a request, waits for its answer and thinks about it, and so on.
    ///
    /// - Parameters:
    ///   - startDelay: How long after the start of the run the first request is made.
    ///   - randomness: The stream of this client, `client/<number>`; each part draws from a stream of its own.
    /// - Throws: `CancellationError` when the run ends; there is no other way out.
    func run(
        startingAfter startDelay: Duration, thinkTime: Delay, drawingFrom randomness: RandomStream
    ) async throws(CancellationError) {
        var draws = Draws(randomness)
        var thinkDraws = randomness.split("think")
        try await system.runtime.sleep(for: startDelay)
        while true {
            try await sendRequest(drawingFrom: &draws)
            try await system.runtime.sleep(for: system.tally.draw(thinkTime, from: &thinkDraws))
        }
    }

    /// In an open loop: takes the next request of the schedule, makes it when it is due or at once if it is overdue, waits
    /// for its answer, and so on until the schedule is closed.
    ///
    /// - Throws: `CancellationError` when the run ends.
    func run(serving schedule: Schedule, drawingFrom randomness: RandomStream) async throws(CancellationError) {
        var draws = Draws(randomness)
        while let due = schedule.next() {
            let wait = due - system.runtime.now
            if wait > .zero { try await system.runtime.sleep(for: wait) }
            try await sendRequest(due: due, drawingFrom: &draws)
        }
    }

    private func sendRequest(due: Duration? = nil, drawingFrom draws: inout Draws) async throws(CancellationError) {
        let request = Request(identifier: system.requestNumbers.next(), client: number)
        if let due { system.recordDue(request, at: due) }
        system.tally.record(.requestStart, of: request)
        try await system.network.traverse(drawingFrom: &draws.network)
        try await system.dataProcessor.process(request, drawingFrom: &draws.write)
        try await system.network.traverse(drawingFrom: &draws.network)
        system.tally.record(.requestDone, of: request)
    }
}

/// A client's streams for what its requests go through.
private struct Draws {
    var network: RandomStream
    var write: RandomStream

    init(_ client: RandomStream) {
        network = client.split("network")
        write = client.split("write")
    }
}
