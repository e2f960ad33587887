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
    @exclusivity(unchecked) private var hasStarted = false
    private let system: SystemParts<Runtime>
    // Only the client's own green thread reaches these.
    @exclusivity(unchecked) private var networkDraws: RandomStream
    @exclusivity(unchecked) private var writeDraws: RandomStream
    @exclusivity(unchecked) private var thinkDraws: RandomStream
    /// When the request is due that the client has taken from the schedule of an open loop.
    @exclusivity(unchecked) private var dueNanoseconds: Int64 = 0

    /// - Parameter randomness: The stream of this client, `client/<number>`; each part draws from a stream of its own.
    init(number: UInt32, system: SystemParts<Runtime>, drawingFrom randomness: RandomStream) {
        self.number = number
        self.system = system
        networkDraws = randomness.split("network")
        writeDraws = randomness.split("write")
        thinkDraws = randomness.split("think")
    }

    /// Makes a request when it is time for one, waits for its answer, and so on until the run ends.
    func run() async {
        do throws(Cancellation) {
            while let pause = pauseBeforeNextRequest() {
                try await system.runtime.sleep(for: pause)
                try await send(newRequest())
            }
        } catch {
            // The run has ended during a wait.
        }
    }

    /// How long to wait now; nil if there will be no further request.
    private func pauseBeforeNextRequest() -> Duration? {
        switch system.load {
        case .closed(let thinkTime, let start):
            defer { hasStarted = true }
            return hasStarted ? system.tally.draw(thinkTime, from: &thinkDraws) : start.delay(of: number)
        case .open(let schedule):
            guard let due = schedule.next() else { return nil }
            dueNanoseconds = due.inNanoseconds
            return max(.zero, due - system.runtime.now)
        }
    }

    private func newRequest() -> Request {
        let request = Request(identifier: system.requestNumbers.next(), client: number)
        if case .open = system.load {
            let lateness = system.runtime.now - Duration(wholeNanoseconds: dueNanoseconds)
            system.tally.record(due: request, lateBy: lateness)
        }
        return request
    }

    @inline(__always)
    private func send(_ request: Request) async throws(Cancellation) {
        system.tally.record(.requestStart, of: request)
        try await system.network.traverse(taking: system.network.draw(from: &networkDraws))
        try await system.dataProcessor.process(request, writing: system.dataProcessor.draw(from: &writeDraws))
        try await system.network.traverse(taking: system.network.draw(from: &networkDraws))
        system.tally.record(.requestDone, of: request)
    }
}
