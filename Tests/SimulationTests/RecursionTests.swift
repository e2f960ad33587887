import Quantities
import Randomness
import Simulation
import Testing
import TraceModel

// The closed forms say what is so on average. On each path of its own, a queue served in order of arrival has no freedom
// at all: given when customers come and how long they are served, all waits follow, to the nanosecond.

@Suite("Waits by recursion", .timeLimit(.minutes(5)))
struct RecursionTests {
    // Whoever comes is served by the server that is free first (Kiefer & Wolfowitz 1955, "On the theory of queues with many
    // servers", Transactions of the American Mathematical Society 78). With one server it is W' = max(0, W + S − A)
    // (Lindley 1952, doi:10.1017/S0305004100027638).
    @Test(
        "every single wait is what the arrivals and services before it make of it",
        arguments: [1, 2, 8], ["poisson(40/s)", "paced(40/s)"])
    func waits(serverCount: Int, arrivals: String) throws {
        let arrivals = try Arrivals(text: arrivals)
        let utilization = 0.9
        let meanService = Duration.microseconds(Int64(utilization * Double(serverCount) / 40 * 1e6))
        let run = SimulatedRun(
            .original.with {
                $0.clientCount = 200
                $0.permits = .shared(serverCount)
                $0.arrivals = arrivals
                $0.networkDelay = Delay(.zero)
                $0.writeDelay = Delay(terms: [.exponential(ExponentialDistribution(mean: meanService))])
            })
        let asked = run.times(of: .requestStart)
        var freeAt = [Int64](repeating: 0, count: serverCount)
        var (lastArrival, blockedCount) = (Int64(0), 0)
        for event in run.events where event.kind == .persistStart {
            let arrival = try #require(asked[event.request])
            try #require(arrival >= lastArrival, "request \(event.request) was overtaken")
            lastArrival = arrival
            let first = freeAt.indices.min { freeAt[$0] < freeAt[$1] } ?? 0
            let start = max(arrival, freeAt[first])
            try #require(event.nanoseconds == start, "request \(event.request)")
            if start > arrival { blockedCount += 1 }
            freeAt[first] = start + event.value
        }
        #expect(run.events.allSatisfy { $0.kind != .requestDue || $0.value == 0 })
        // Wherever customers wait at all the recursion was needed: at such a load most do.
        #expect(blockedCount > run.events.count { $0.kind == .persistStart } / 4)
    }
}
