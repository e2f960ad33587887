import Simulation
import Testing
import TraceModel

// Bounds for the original system, from its parameters alone (Denning & Buzen 1978, doi:10.1145/356733.356735, and Muntz &
// Wong 1974): Z = 1 s of thinking, D = two ways through the network of 1.5 ms each, and writes of
// E[S] = 50 + E[max(0, Normal(10, 5))] = 50 + 10 Φ(2) + 5 φ(2) = 60.042 ms, eight at a time. The answer does not wait for
// the write, so a request alone takes D.
//
// The laws hold on every path for what the path itself drew, and for the means in the long run. A run of 200 s draws up
// to 27 000 writes, whose mean lies within 0.13 % of E[S] 99 times in 100: the slack is 0.5 %.

@Suite("Operational laws of the original system", .timeLimit(.minutes(5)))
struct OperationalLawsTests {
    private static let think = 1.0
    private static let network = 0.003
    private static let meanWrite = (50 + 10 * 0.977_249_868 + 5 * 0.053_990_967) / 1000
    private static let permits = 8.0

    @Test(
        "throughput and response keep their bounds, near them outside the knee; a write takes what it drew, E[S] on average",
        arguments: [(1, 0.98), (15, 0.98), (125, 0.90), (135, 0.90), (1000, 0.98)])
    func bounds(clientCount: Int, leastShare: Double) throws {
        let run = SimulatedRun(
            .original.with {
                $0.clientCount = clientCount
                $0.start = .staggered
                $0.warmUp = .seconds(30)
                $0.measure = .seconds(200)
            })
        let clients = Double(clientCount)
        let throughputBound = min(clients / (Self.think + Self.network), Self.permits / Self.meanWrite)
        #expect(run.throughput <= 1.005 * throughputBound)
        #expect(run.throughput >= leastShare * throughputBound)
        let responseBound = max(Self.network, clients * Self.meanWrite / Self.permits - Self.think)
        #expect(run.meanResponse >= 0.995 * responseBound)
        // Exact: eight permits are never more than eight writes.
        #expect(run.meanBusy <= Self.permits)
        // Every write takes what it drew. Its mean is that of independent draws, whatever the number of clients: this is
        // what the log's figures denied.
        let drawn = run.events.filter { $0.kind == .persistStart }
        let starts = run.times(of: .persistStart)
        let dones = run.times(of: .persistDone)
        let written = drawn.filter { dones[$0.request] != nil }
        let wrong = written.filter { dones[$0.request] != starts[$0.request, default: 0] + $0.value }
        #expect(wrong.isEmpty)
        // Those that the end of the run cuts are longer than others; there are at most eight.
        #expect(written.count >= drawn.count - 8)
        expect(
            drawn.map { Double($0.value) / 1e9 }, toAgreeWith: Self.meanWrite, within: 0.02, "mean of the writes drawn")
    }

    @Test("1000 clients wait N·E[S]/8 − Z = 6.505 s for an answer, which is N/X − Z")
    func overload() {
        let runs = Replications.run(8) { seed in
            SimulatedRun(
                .original.with {
                    $0.clientCount = 1000
                    $0.start = .staggered
                    $0.warmUp = .seconds(30)
                    $0.measure = .seconds(30)
                    $0.seed = seed
                })
        }
        let clients = 1000.0
        expect(
            runs.map(\.meanResponse), toAgreeWith: clients * Self.meanWrite / Self.permits - Self.think, within: 0.005,
            "response")
        expect(runs.map(\.throughput), toAgreeWith: Self.permits / Self.meanWrite, within: 0.005, "throughput")
        for run in runs {
            #expect(abs(run.meanResponse / (clients / run.throughput - Self.think) - 1) < 0.005)
        }
    }
}
