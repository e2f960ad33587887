// Processes are the independent units of every interval; this is how their independence is examined. A machine that
// warms, or a neighbour that comes and goes, makes a process resemble the one before it.
//
// The probability comes from the order alone: had the same values come in any other order, how often would neighbours
// resemble, or oppose, each other as much (Wald & Wolfowitz 1943, doi:10.1214/aoms/1177731358)? That is exact for
// whatever distribution from a handful of values on, where the normal approximation is not. The expectation over all
// orders is −1/n and not 0 (Moran 1948, doi:10.1093/biomet/35.3-4.255), so that is where deviations are counted from.

/// How much the values of processes depend on the process that ran before.
public struct SerialCorrelation: Sendable, Equatable {
    /// Below so many values the order can hardly be told from chance: 5 values have but 120 orders.
    public static let smallestCount = 6

    /// Σ(xᵢ − x̄)(xᵢ₊₁ − x̄)/Σ(xᵢ − x̄)², −1…1.
    public let lag1: Double
    /// The two-sided probability of a correlation at least as far from −1/n if the order meant nothing; above 0.
    public let probability: Double
    /// What the n processes are worth, n(1 − r)/(1 + r) for r above 0 and never more than n (Bayley & Hammersley 1946,
    /// doi:10.2307/2983560); at least 1.
    public let effectiveCount: Double

    /// Nil below 6 values, and where all are equal. O(n) for each order.
    ///
    /// - Parameters:
    ///   - values: One for each process, in the order in which they ran; finite.
    ///   - orders: How many random orders to compare with; 1 or more. The smallest probability is 1/(orders + 1).
    ///   - generator: A seed makes the probability the same each time.
    public init?(of values: [Double], orders: Int = 1999, using generator: inout some RandomNumberGenerator) {
        precondition(orders >= 1, "\(orders) orders")
        let moments = Moments(values)
        guard values.count >= Self.smallestCount, moments.squaredDeviations > 0 else { return nil }
        let count = Double(values.count)
        var deviations = values.map { $0 - moments.mean }
        let expected = -moments.squaredDeviations / count
        let observed = Self.products(deviations)
        // Orders that differ by rounding alone are equal.
        let distance = abs(observed - expected) - 1e-12 * moments.squaredDeviations
        var reached = 0
        for _ in 0..<orders {
            Self.shuffle(&deviations, using: &generator)
            if abs(Self.products(deviations) - expected) >= distance { reached += 1 }
        }
        lag1 = observed / moments.squaredDeviations
        probability = Double(reached + 1) / Double(orders + 1)
        effectiveCount = max(1, min(count, count * (1 - lag1) / (1 + lag1)))
    }

    /// A random order, each equally likely (Durstenfeld 1964, doi:10.1145/364520.364540; Lemire 2019, doi:10.1145/3230636).
    /// The standard library's shuffle is slow where it is not specialised to the generator: it was half of a gate's time.
    private static func shuffle(_ values: inout [Double], using generator: inout some RandomNumberGenerator) {
        values.withUnsafeMutableBufferPointer { values in
            for last in stride(from: values.count - 1, to: 0, by: -1) {
                let bound = UInt64(last) + 1
                var product = generator.next().multipliedFullWidth(by: bound)
                if product.low < bound {
                    let threshold = (0 &- bound) % bound
                    while product.low < threshold { product = generator.next().multipliedFullWidth(by: bound) }
                }
                values.swapAt(last, Int(product.high))
            }
        }
    }

    private static func products(_ deviations: [Double]) -> Double {
        var sum = 0.0
        for index in 1..<deviations.count { sum += deviations[index - 1] * deviations[index] }
        return sum
    }
}
