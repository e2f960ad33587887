import Randomness
import Testing

@Suite("M/M/c", .timeLimit(.minutes(5)))
struct MultiServerTests {
    @Test(
        "an arrival waits with the probability that Erlang gives, and its mean wait follows from it",
        arguments: [(4, 0.7, 5_000), (8, 0.8, 7_000)])
    func waits(serverCount: Int, utilization: Double, customers: Int) {
        let queue = OpenQueue(
            utilization: utilization,
            service: Delay(terms: [.exponential(ExponentialDistribution(mean: .milliseconds(50)))]),
            serverCount: serverCount)
        let runs = queue.replicate(customers: customers)
        // Kleinrock 1975, *Queueing Systems* 1, chapter 3.5: E[W] = C(c, a)E[S]/(c − a).
        queue.expect(
            runs, telling: 0.015,
            toWait: { interval, service in
                let offered = service / interval
                return delayProbability(serverCount, offered) * service / (Double(serverCount) - offered)
            })
        expect(
            runs.map(\.shareBlocked), toAgreeWith: delayProbability(serverCount, utilization * Double(serverCount)),
            within: 0.05, "P(W > 0)")
    }

    // The stationary probabilities of the states with c or more, summed up (Kleinrock 1975, chapter 3.5):
    // C = aᶜ/c! · c/(c − a) / (Σ_{k<c} aᵏ/k! + aᶜ/c! · c/(c − a)).
    @Test(
        "Erlang's probability by recursion is the one by states", arguments: [(1, 0.5), (2, 1.0), (4, 2.8), (8, 6.4)])
    func recursion(serverCount: Int, offered: Double) {
        var weight = 1.0
        var sum = 0.0
        for busyCount in 0..<serverCount {
            sum += weight
            weight *= offered / Double(busyCount + 1)
        }
        let waiting = weight * Double(serverCount) / (Double(serverCount) - offered)
        #expect(abs(delayProbability(serverCount, offered) - waiting / (sum + waiting)) < 1e-14)
    }
}

/// Erlang's C formula (Erlang 1917), from his B by its recursion B(k) = aB(k−1)/(k + aB(k−1)) (Cooper 1981,
/// *Introduction to Queueing Theory*, 2nd edition, chapter 3): C = cB/(c − a(1 − B)).
private func delayProbability(_ serverCount: Int, _ offered: Double) -> Double {
    var blocking = 1.0
    for count in 1...serverCount { blocking = offered * blocking / (Double(count) + offered * blocking) }
    return Double(serverCount) * blocking / (Double(serverCount) - offered * (1 - blocking))
}
