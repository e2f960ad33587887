import Quantities
import Randomness
import Timekeeping
import TraceModel

// A client is an object, what it draws it draws between waits, and whatever it asks is an object too, so that little lies in
// the frames of functions that wait: a frame keeps every constant that it has read for later, and with a million
// clients each byte there is a megabyte.

/// A client with one request at a time, on a green thread of its own.
final class Client<Runtime: ConcurrencyRuntime> {
    /// From 0.
    private let number: UInt32
    private let load: Load
    private let network: Network<Runtime>
    private let dataProcessor: DataProcessor<Runtime>
    private let requestNumbers: RequestNumbers
    private let runtime: Runtime
    private let tally: Tally
    // Only the client's own green thread reaches these.
    @exclusivity(unchecked) private var networkDraws: RandomStream
    @exclusivity(unchecked) private var writeDraws: RandomStream
    @exclusivity(unchecked) private var thinkDraws: RandomStream
    /// When the next request is due, in an open loop.
    @exclusivity(unchecked) private var due = Duration.zero
    @exclusivity(unchecked) private var hasStarted = false

    /// - Parameter randomness: The stream of this client, `client/<number>`; each part draws from a stream of its own.
    init(number: UInt32, load: Load, parts: SystemParts<Runtime>, drawingFrom randomness: RandomStream) {
        self.number = number
        self.load = load
        network = parts.network
        dataProcessor = parts.dataProcessor
        requestNumbers = parts.requestNumbers
        runtime = parts.runtime
        tally = parts.tally
        networkDraws = randomness.split("network")
        writeDraws = randomness.split("write")
        thinkDraws = randomness.split("think")
    }

    /// Makes a request when it is time for one, waits for its answer, and so on until the run ends.
    func run() async {
        do throws(Cancellation) {
            while let pause = pauseBeforeNextRequest() {
                try await runtime.sleep(for: pause)
                try await send(newRequest())
            }
        } catch {
            // The run has ended during a wait.
        }
    }

    /// How long to wait now; nil if there will be no further request.
    private func pauseBeforeNextRequest() -> Duration? {
        switch load {
        case .closed(let startDelay, let thinkTime):
            defer { hasStarted = true }
            return hasStarted ? tally.draw(thinkTime, from: &thinkDraws) : startDelay
        case .open(let schedule):
            guard let due = schedule.next() else { return nil }
            self.due = due
            return max(.zero, due - runtime.now)
        }
    }

    private func newRequest() -> Request {
        let request = Request(identifier: requestNumbers.next(), client: number)
        if case .open = load { tally.record(due: request, lateBy: runtime.now - due) }
        return request
    }

    @inline(__always)
    private func send(_ request: Request) async throws(Cancellation) {
        tally.record(.requestStart, of: request)
        try await network.traverse(taking: network.draw(from: &networkDraws))
        try await dataProcessor.process(request, writing: dataProcessor.draw(from: &writeDraws))
        try await network.traverse(taking: network.draw(from: &networkDraws))
        tally.record(.requestDone, of: request)
    }
}
