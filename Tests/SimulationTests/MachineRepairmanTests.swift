import Quantities
import Randomness
import Testing
import TraceModel

@testable import Simulation

// Clients are the machines, their think time is the time to failure, and the store with its permits is the repair crew:
// writes are synchronous, there is no network, and both times are exponential.

@Suite("The machine repairman", .timeLimit(.minutes(5)))
struct MachineRepairmanTests {
    static let think = 1.0
    static let service = 0.1

    @Test(
        "throughput, utilisation and response time are those of M/M/c//N",
        arguments: [(3, 1), (9, 1), (12, 3), (27, 3)])
    func finiteSource(clientCount: Int, repairmen: Int) {
        let model = FiniteSource(
            clientCount: clientCount, serverCount: repairmen, think: Self.think, service: Self.service)
        let runs = Replications.run { seed in
            SimulatedRun(
                SystemParameters(
                    clientCount: clientCount, permits: .shared(repairmen), writes: .synchronous,
                    writeDelay: exponential(seconds: Self.service), networkDelay: Delay(.zero),
                    thinkTime: exponential(seconds: Self.think), start: .herd, warmUp: .seconds(10),
                    measure: .milliseconds(Int64(1200 / model.throughput * 1000)), seed: seed))
        }
        expect(runs.map(\.throughput), toAgreeWith: model.throughput, "throughput")
        expect(runs.map { $0.meanBusy / Double(repairmen) }, toAgreeWith: model.utilization, "utilisation")
        // Near saturation a small change of X is a large one of N/X − Z.
        expect(runs.map(\.meanResponse), toAgreeWith: model.response, within: 0.05, "response time")
    }

    // With one repairman U = 1 − p₀ and p₀ = 1 / Σₖ N!/(N−k)! (E[S]/Z)ᵏ (Kleinrock 1975, *Queueing Systems* 1, chapter 3.8).
    // With one for each machine nobody waits, and X = N/(Z + E[S]).
    @Test("the solution has the known special cases", arguments: [1, 5, 20])
    func specialCases(clientCount: Int) {
        let ratio = Self.service / Self.think
        let sum = (0...clientCount).reduce(0.0) { sum, failed in
            sum + (0..<failed).reduce(1.0) { $0 * Double(clientCount - $1) * ratio }
        }
        let alone = FiniteSource(clientCount: clientCount, serverCount: 1, think: Self.think, service: Self.service)
        #expect(abs(alone.utilization - (1 - 1 / sum)) < 1e-14)
        let many = FiniteSource(
            clientCount: clientCount, serverCount: clientCount, think: Self.think, service: Self.service)
        #expect(abs(many.throughput * (Self.think + Self.service) / Double(clientCount) - 1) < 1e-14)
        #expect(abs(many.response - Self.service) < 1e-14)
    }

    private func exponential(seconds: Double) -> Delay {
        Delay(terms: [.exponential(ExponentialDistribution(mean: .microseconds(Int64(seconds * 1e6))))])
    }
}

/// The stationary solution of M/M/c//N: a birth-death process whose state k is how many are being served or wait.
///
/// Births come at (N − k)/Z and deaths at min(k, c)/E[S], so pₖ₊₁ = pₖ (N − k)E[S]/(min(k + 1, c)Z) (Kleinrock 1975,
/// *Queueing Systems* 1, chapter 3.10). X = Σ pₖ min(k, c)/E[S], and R = N/X − Z by the response-time law (Denning &
/// Buzen 1978, doi:10.1145/356733.356735).
private struct FiniteSource {
    let throughput: Double
    let utilization: Double
    /// In seconds, as all times here.
    let response: Double

    init(clientCount: Int, serverCount: Int, think: Double, service: Double) {
        var weights = [1.0]
        for state in 0..<clientCount {
            weights.append(
                weights[state] * Double(clientCount - state) * service / (Double(min(state + 1, serverCount)) * think))
        }
        let total = weights.reduce(0, +)
        let busy = weights.indices.reduce(0.0) { $0 + weights[$1] / total * Double(min($1, serverCount)) }
        throughput = busy / service
        utilization = busy / Double(serverCount)
        response = Double(clientCount) / throughput - think
    }
}
