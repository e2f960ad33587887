import Quantities
import Randomness
import Simulation
import Testing
import Timekeeping

// The system as a queue of the textbooks: arrivals of a Poisson process, permits for servers, writes for services, no
// network. Writes are asynchronous, so a client is free again once its service has begun, and the queue in front of the
// servers is as long as it needs to be while some client is free. That one always is, is proven by every request being made
// when it is due.
//
// The wait is from request-block to persist-start, and zero for a request-nonblock. Service times are drawn in whole
// microseconds; they are tens of milliseconds here. Rounding changes the mean of an exponential X = −m ln U by about
// h²/24m (h = 1 µs), a part in 10¹⁰.
//
// With one server, half of the variance of a run's mean wait is that the run's own draws are longer or shorter than they
// should be. It is taken away with the means of these draws as control variates (Lavenberg & Welch 1981,
// doi:10.1287/mnsc.27.3.322), with the closed form's derivatives as fixed coefficients, so that nothing is estimated from
// the same runs and no bias comes in. What could hide behind it, a wrong mean of the draws, is looked for on its own.

/// A queue with Poisson arrivals, to be run in virtual time.
struct OpenQueue {
    /// In seconds.
    let meanInterval: Double
    /// In seconds.
    let meanService: Double
    let service: Delay
    let serverCount: Int

    /// - Parameter utilization: The servers' in the long run, below 1.
    init(utilization: Double, service: Delay, serverCount: Int = 1) {
        self.service = service
        self.serverCount = serverCount
        meanService = service.mean.inSeconds
        meanInterval = meanService / utilization / Double(serverCount)
    }

    /// What one run says of its customers, in order of arrival, without the first ones. All times are in seconds.
    struct Run {
        var meanWait: Double
        /// Of those that found no server free.
        var shareBlocked: Double
        /// Of those that waited longer than asked for.
        var shareLonger: Double
        /// Of the services drawn.
        var meanService: Double
        /// Between arrivals.
        var meanInterval: Double
        /// The longest time from due to made.
        var latenessMaximum: Double
    }

    /// Independent runs of so many customers each, after a tenth as many that are left out.
    func replicate(customers: Int, longerThan threshold: Duration = .zero) -> [Run] {
        let runs = Replications.run { seed in
            let runtime = VirtualRuntime()
            let sink = WaitSink(
                runtime: runtime, skipping: customers / 10, counting: customers, threshold: threshold.inNanoseconds)
            let parameters = SystemParameters(
                clientCount: 100, permits: .shared(serverCount), writes: .asynchronous, writeDelay: service,
                networkDelay: Delay(.zero), arrivals: .poisson(perSecond: 1 / meanInterval), thinkTime: Delay(.zero),
                start: .herd, warmUp: .zero, measure: .seconds(1_000_000), seed: seed)
            let system = SystemUnderTest(parameters: parameters, runtime: runtime, sink: sink)
            sink.whenFull { system.stop() }
            #expect(throws: Never.self) { try system.run() }
            return sink.run
        }
        #expect(runs.allSatisfy { $0.latenessMaximum == 0 }, "with more clients, no request would be made late")
        return runs
    }

    /// Expects the mean wait, and the means of what was drawn, to be what a closed form says, in intervals narrow enough
    /// to tell services that are a little too long. How much that is of a mean wait, the closed form's derivative says: for
    /// 1 % of a service it is 3 % of a mean wait at half load with one server, 6 % at ρ = 0.8, and 9 % with eight of them.
    ///
    /// - Parameters:
    ///   - excess: What share of a service the interval must tell.
    ///   - meanWait: The closed form: the mean wait by the mean interval and the mean service, all in seconds.
    func expect(
        _ runs: [Run], telling excess: Double = 0.01,
        toWait meanWait: (_ interval: Double, _ service: Double) -> Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        SimulationTests.expect(
            runs.map(\.meanService), toAgreeWith: meanService, within: 0.01, "mean service",
            sourceLocation: sourceLocation)
        SimulationTests.expect(
            runs.map(\.meanInterval), toAgreeWith: meanInterval, within: 0.0125, "mean interval",
            sourceLocation: sourceLocation)
        let step = 1e-4
        let byInterval =
            (meanWait(meanInterval * (1 + step), meanService) - meanWait(meanInterval * (1 - step), meanService))
            / (2 * step * meanInterval)
        let byService =
            (meanWait(meanInterval, meanService * (1 + step)) - meanWait(meanInterval, meanService * (1 - step)))
            / (2 * step * meanService)
        let waits = runs.map {
            $0.meanWait - byInterval * ($0.meanInterval - meanInterval) - byService * ($0.meanService - meanService)
        }
        let truth = meanWait(meanInterval, meanService)
        SimulationTests.expect(
            waits, toAgreeWith: truth, within: excess * meanService * byService / truth, "mean wait",
            sourceLocation: sourceLocation)
    }
}
