import Quantities
import Randomness
import Timekeeping
import TraceModel

// What waits, a task keeps in blocks of 1024 bytes, and one block holds a client and all frames of its request, just so.
// That is why a client is an object that draws between its waits, why whatever it asks is an object too (a frame keeps
// every constant that it has read for later), and why none of it is checked for exclusive access (24 bytes a check). The
// benchmark `memory` shows when it no longer fits: a client then takes 2.6 KB instead of 1.6.

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

    /// - Parameter name: `client/<number>`; the streams of what it draws are split from it.
    init(number: UInt32, system: SystemParts<Runtime>, named name: StreamName) {
        self.number = number
        self.system = system
        networkDraws = name.split("network").stream
        writeDraws = name.split("write").stream
        thinkDraws = name.split("think").stream
    }

    /// Makes a request when it is time for one, waits for its answer, and so on until the run ends.
    func run() async {
        do throws(Cancellation) {
            while let due = nextDue() {
                try await system.runtime.sleep(for: due - system.runtime.now)
                guard let request = newRequest(due: due) else { return }
                try await send(request)
            }
        } catch {
            // The run has ended during a wait.
        }
    }

    /// When to make the next request, since the start of the run; nil if there will be none.
    private func nextDue() -> Duration? {
        if let schedule = system.schedule { return schedule.takeNext(by: number) }
        defer { hasStarted = true }
        return hasStarted
            ? system.runtime.now + system.tally.draw(system.thinkTime, from: &thinkDraws)
            : system.start.delay(of: number)
    }

    /// Nil when the run has ended and the request, which was to be made now, has been told to be overdue.
    private func newRequest(due: Duration) -> Request? {
        guard let schedule = system.schedule else { return nextRequest() }
        guard schedule.make(by: number) else { return nil }
        let request = nextRequest()
        system.tally.record(due: request, lateBy: system.runtime.now - due)
        return request
    }

    private func nextRequest() -> Request { Request(identifier: system.requestNumbers.next(), client: number) }

    @inline(__always)
    private func send(_ request: Request) async throws(Cancellation) {
        system.tally.record(.requestStart, of: request)
        try await system.network.traverse(taking: system.network.draw(from: &networkDraws))
        try await system.dataProcessor.process(request, writing: system.dataProcessor.draw(from: &writeDraws))
        try await system.network.traverse(taking: system.network.draw(from: &networkDraws))
        system.tally.record(.requestDone, of: request)
    }
}
