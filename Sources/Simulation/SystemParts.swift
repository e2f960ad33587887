import Randomness
import Timekeeping
import TraceModel

/// What all clients share: what makes them send, the way to the data processor, and what lies behind it.
final class SystemParts<Runtime: ConcurrencyRuntime>: Sendable {
    /// The schedule that the clients of an open loop serve; nil in a closed loop.
    let schedule: Schedule?
    /// What a client of a closed loop waits before its next request.
    let thinkTime: Delay
    let start: ClosedStart
    let network: Network<Runtime>
    let dataProcessor: DataProcessor<Runtime>
    let requestNumbers = RequestNumbers()
    let runtime: Runtime
    let tally: Tally

    init(parameters: SystemParameters, runtime: Runtime, tally: Tally) {
        let permits = Permits(total: parameters.permitCount, queue: parameters.queue, runtime: runtime)
        let store = PersistentStore(permits: permits, stall: parameters.stall, runtime: runtime, tally: tally)
        network = Network(delay: parameters.networkDelay, runtime: runtime, tally: tally)
        dataProcessor = DataProcessor(
            permits: permits, store: store, writeDelay: parameters.writeDelay, writes: parameters.writes,
            runtime: runtime, tally: tally)
        schedule = ArrivalTimes(
            parameters.arrivals, drawingFrom: RandomStream(seed: parameters.seed, name: "arrivals")
        ).map { Schedule($0) }
        thinkTime = parameters.thinkTime
        start = ClosedStart(
            mode: parameters.start, thinkTimeMean: parameters.thinkTime.mean, clientCount: parameters.clientCount)
        self.runtime = runtime
        self.tally = tally
    }

    /// Ends every wait of one green thread for another, now and from now on: the run is over.
    func shutDown() { dataProcessor.shutDown() }
}
