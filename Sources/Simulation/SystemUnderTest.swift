import Randomness
import Timekeeping
import TraceModel

/// The whole system: clients, network, data processor and persistent store, with a measured window over it.
public final class SystemUnderTest<Runtime: ConcurrencyRuntime>: Sendable {
    private let parameters: SystemParameters
    private let runtime: Runtime
    private let parts: SystemParts<Runtime>
    private let window: Window<Runtime>
    private let stopSwitch = StopSwitch()
    /// What the names of the clients' streams are split from.
    private let clientNames: StreamName

    /// - Parameters:
    ///   - parameters: Within the ranges that their own comments give.
    ///   - runtime: One that has not run yet.
    ///   - sink: Gets every event, from the first one on.
    public init(
        parameters: SystemParameters, runtime: Runtime, sink: any EventSink, observer: WindowObserver = WindowObserver()
    ) {
        precondition((1...1_000_000).contains(parameters.clientCount), "\(parameters.clientCount) clients")
        precondition(parameters.measure > .zero, "a window of \(parameters.measure)")
        precondition(
            parameters.takesTime || !(runtime is VirtualRuntime),
            "a system in which nothing takes time, in virtual time, which would never pass")
        self.parameters = parameters
        self.runtime = runtime
        let tally = Tally(sink)
        parts = SystemParts(parameters: parameters, runtime: runtime, tally: tally)
        window = Window(runtime: runtime, tally: tally, observer: observer)
        clientNames = StreamName(seed: parameters.seed, "client")
    }

    /// Runs warm-up and window, blocking the calling OS thread; returns when every green thread has ended. Called once.
    ///
    /// - Returns: What was counted in the window; nil if the run was stopped before it opened.
    /// - Throws: ``Deadlock`` in virtual time, if the parts wait for each other for ever.
    @specialized(where Runtime == GreenThreadRuntime)
    @specialized(where Runtime == DispatchRuntime)
    @specialized(where Runtime == ThreadRuntime)
    @specialized(where Runtime == VirtualRuntime)
    public func run() throws(Deadlock) -> WindowOutcome? {
        try runtime.run {
            // First, so that at an instant that markers share with other events the window begins before those and ends
            // before those: it holds its first instant and not its last.
            self.runtime.spawn { await self.keepTime() }
            for number in 0..<self.parameters.clientCount { self.runtime.spawn { await self.makeClient(number).run() } }
            await self.stopSwitch.wait(on: self.runtime)
            self.closeWindow()
            self.parts.shutDown()
        }
        return window.outcome
    }

    /// Ends the run early, from any thread: the window closes now, if it is open.
    public func stop() { stopSwitch.flip() }

    private func keepTime() async {
        do {
            if parameters.warmUp > .zero { try await runtime.sleep(for: parameters.warmUp) }
            window.open()
            try await runtime.sleep(for: parameters.measure)
            closeWindow()
        } catch {
            // Stopped early: whoever did so has thrown the switch already.
        }
        stopSwitch.flip()
    }

    /// Closes the window, if it is open. The requests that were due and not made are recorded, so that an overloaded open
    /// loop does not look better than it is.
    private func closeWindow() {
        window.close { end in
            guard let schedule = parts.schedule else { return 0 }
            return schedule.close(at: end) { due in
                // The trace needs a number, and a client: none has made the request.
                let request = Request(identifier: parts.requestNumbers.next(), client: 0)
                parts.tally.record(due: request, lateBy: runtime.now - due)
            }
        }
    }

    private func makeClient(_ number: Int) -> Client<Runtime> {
        Client(number: UInt32(number), system: parts, named: clientNames.split("\(number)"))
    }
}
