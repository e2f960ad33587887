import Randomness
import Timekeeping
import TraceModel

/// The whole system: clients, network, data processor and persistent store, with a measured window over it.
public final class SystemUnderTest<Runtime: ConcurrencyRuntime, Sink: EventSink>: Sendable {
    private let parameters: SystemParameters
    private let runtime: Runtime
    private let tally: Tally<Sink>
    private let window: Window<Runtime, Sink>
    private let stopSwitch = StopSwitch()

    /// - Parameters:
    ///   - parameters: Within the ranges that their own comments give.
    ///   - runtime: One that has not run yet.
    ///   - sink: Gets every event, from the first one on.
    public init(
        parameters: SystemParameters, runtime: Runtime, sink: Sink, observer: WindowObserver = WindowObserver()
    ) {
        precondition((1...100_000).contains(parameters.clientCount), "\(parameters.clientCount) clients")
        precondition(parameters.measure > .zero, "a window of \(parameters.measure)")
        precondition(parameters.takesTime, "a system in which nothing takes time")
        self.parameters = parameters
        self.runtime = runtime
        tally = Tally(sink)
        window = Window(runtime: runtime, tally: tally, observer: observer)
    }

    /// Runs warm-up and window, blocking the calling OS thread; returns when every green thread has ended. Called once.
    ///
    /// - Returns: What was counted in the window; nil if the run was stopped before it opened.
    public func run() -> WindowOutcome? {
        runtime.run { [self] in
            startClients()
            runtime.spawn { [self] in
                do {
                    try await keepTime()
                } catch {
                    // Stopped early: whoever did so has thrown the switch already.
                }
            }
            await stopSwitch.wait()
            window.close()
        }
        return window.outcome
    }

    /// Ends the run early, from any thread: the window closes now, if it is open.
    public func stop() { stopSwitch.flip() }

    private func keepTime() async throws(CancellationError) {
        try await runtime.sleep(for: parameters.warmUp)
        window.open()
        try await runtime.sleep(for: parameters.measure)
        stopSwitch.flip()
    }

    private func startClients() {
        let permits = Permits(total: parameters.permitCount)
        let store = PersistentStore(permits: permits, runtime: runtime, tally: tally)
        let dataProcessor = DataProcessor(
            permits: permits, store: store, writeDelay: parameters.writeDelay, writes: parameters.writes, tally: tally)
        let network = Network(delay: parameters.networkDelay, runtime: runtime, tally: tally)
        let requestNumbers = RequestNumbers()
        let clients = RandomStream(seed: parameters.seed, name: "client")
        for number in 0..<parameters.clientCount {
            let client = Client(
                number: UInt32(number), startDelay: startDelay(of: number), thinkTime: parameters.thinkTime,
                network: network, dataProcessor: dataProcessor, requestNumbers: requestNumbers, runtime: runtime,
                tally: tally)
            runtime.spawn {
                do {
                    try await client.run(drawingFrom: clients.split("\(number)"))
                } catch {
                    // The run is over: a client ends in no other way.
                }
            }
        }
    }

    private func startDelay(of number: Int) -> Duration {
        switch parameters.start {
        case .herd: .zero
        case .staggered: parameters.thinkTime.mean * number / parameters.clientCount
        }
    }
}
