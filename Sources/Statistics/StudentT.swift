/// Student's t distribution (Student 1908, doi:10.1093/biomet/6.1.1): what a mean of few values is measured against.
///
/// The normal approximation is not enough here: with 5 processes the 95 % interval is 42 % wider than it would say.
public struct StudentT: Sendable, Equatable {
    /// Above 0; not necessarily whole.
    public let degreesOfFreedom: Double

    public init(degreesOfFreedom: Double) {
        precondition(degreesOfFreedom > 0, "degrees of freedom \(degreesOfFreedom) must be positive")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// P(T ≤ t), to 11 digits up to 1,000 degrees of freedom and 9 at 100,000.
    public func cumulative(_ t: Double) -> Double {
        let upper = upperTail(abs(t))
        return t > 0 ? 1 - upper : upper
    }

    /// P(|T| ≥ |t|): the chance of a deviation at least as large in either direction.
    public func twoSidedProbability(_ t: Double) -> Double { 2 * upperTail(abs(t)) }

    /// The t with P(T ≤ t) = probability.
    ///
    /// - Parameter probability: Between 0 and 1, both excluded.
    public func quantile(_ probability: Double) -> Double {
        precondition(probability > 0 && probability < 1, "probability \(probability) outside 0…1")
        if probability == 0.5 { return 0 }
        let tail = min(probability, 1 - probability)
        var high = 1.0
        while upperTail(high) > tail { high *= 2 }
        var low = high == 1 ? 0 : high / 2
        // Halving 100 times leaves no two doubles between; it stops when they meet.
        for _ in 0..<100 {
            let middle = low + (high - low) / 2
            if middle == low || middle == high { break }
            if upperTail(middle) > tail { low = middle } else { high = middle }
        }
        return probability < 0.5 ? -high : high
    }

    /// P(T ≥ t) for t ≥ 0 = ½ I_x(ν/2, ½) with x = ν/(ν + t²).
    private func upperTail(_ t: Double) -> Double {
        let square = t * t
        let sum = degreesOfFreedom + square
        guard sum.isFinite else { return 0 }
        return IncompleteBeta.regularized(
            degreesOfFreedom / sum, complement: square / sum, degreesOfFreedom / 2, 0.5) / 2
    }
}
