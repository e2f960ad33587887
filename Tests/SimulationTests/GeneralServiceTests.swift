import Randomness
import Testing

@Suite("M/D/1 and M/G/1", .timeLimit(.minutes(5)))
struct GeneralServiceTests {
    /// A service and the square of its coefficient of variation, c² = Var[S]/E[S]².
    struct Service: CustomTestStringConvertible {
        let delay: Delay
        let squaredVariation: Double
        let customers: Int
        var testDescription: String { delay.text }
    }

    static let services = [
        Service(delay: Delay(.milliseconds(50)), squaredVariation: 0, customers: 2_800),
        // Var = ((b − a + 1)² − 1)/12 in µs², for whole microseconds, both bounds among them; E = 50 ms.
        Service(
            delay: Delay(terms: [
                .uniform(UniformDistribution(lowerBoundMicroseconds: 10_000, upperBoundMicroseconds: 90_000))
            ]), squaredVariation: (80_001 * 80_001 - 1) / 12.0 / (50_000 * 50_000), customers: 2_800),
        // Only the exponential part varies: Var = (30 ms)²; E = 50 ms.
        Service(
            delay: Delay(terms: [
                .constant(ConstantDistribution(.milliseconds(20))),
                .exponential(ExponentialDistribution(mean: .milliseconds(30))),
            ]), squaredVariation: 0.36, customers: 4_200),
    ]

    // Pollaczek 1930 (doi:10.1007/BF01194620) and Khinchine 1932; Kleinrock 1975, *Queueing Systems* 1, chapters 5.6 and 5.7:
    // E[W] = λE[S²]/2(1 − ρ) = ρE[S](1 + c²)/2(1 − ρ). As of M/M/1, P(W > 0) = ρ whatever the distribution.
    @Test("the mean wait is Pollaczek and Khinchine's", arguments: services)
    func waits(service: Service) {
        let queue = OpenQueue(utilization: 0.6, service: service.delay)
        let runs = queue.replicate(customers: service.customers)
        queue.expect(
            runs,
            toWait: { interval, mean in
                let utilization = mean / interval
                return utilization * mean * (1 + service.squaredVariation) / (2 * (1 - utilization))
            })
        expect(runs.map(\.shareBlocked), toAgreeWith: 0.6, "P(W > 0)")
    }
}
