import Foundation
import Randomness
import Testing

@Suite("M/M/1", .timeLimit(.minutes(5)))
struct SingleServerTests {
    // Kleinrock 1975, *Queueing Systems* 1, chapters 3.2 and 5.7. With ρ = λE[S]: an arrival waits with probability ρ (it
    // sees the time average: Wolff 1982, doi:10.1287/opre.30.2.223), its mean wait is ρE[S]/(1 − ρ), and
    // P(W > t) = ρe^{−(1−ρ)t/E[S]}.
    @Test(
        "waits are exponential behind a chance of ρ to wait at all",
        arguments: [(0.5, 6_000), (0.8, 7_400)])
    func waits(utilization: Double, customers: Int) {
        let queue = OpenQueue(
            utilization: utilization,
            service: Delay(terms: [.exponential(ExponentialDistribution(mean: .milliseconds(50)))]))
        let runs = queue.replicate(customers: customers, longerThan: .milliseconds(100))
        queue.expect(
            runs, toWait: { interval, service in service / interval * service / (1 - service / interval) })
        expect(runs.map(\.shareBlocked), toAgreeWith: utilization, "P(W > 0)")
        let tail = utilization * exp(-(1 - utilization) / 0.050 * 0.100)
        expect(runs.map(\.shareLonger), toAgreeWith: tail, within: 0.05, "P(W > 100 ms)")
    }
}
