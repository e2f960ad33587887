/// Count, mean and variance of numbers that come one at a time, without the cancellation of Σx² − n·x̄².
///
/// One at a time: Welford 1962, doi:10.1080/00401706.1962.10490022. Two sets together: Chan, Golub & LeVeque 1983,
/// doi:10.1080/00031305.1983.10483115.
public struct Moments: Sendable, Equatable {
    public private(set) var count = 0
    /// Zero while there are no values.
    public private(set) var mean = 0.0
    /// Σ(x − x̄)².
    public private(set) var squaredDeviations = 0.0

    public init() {}

    /// Moments that are known already.
    init(count: Int, mean: Double, squaredDeviations: Double) {
        self.count = count
        self.mean = mean
        self.squaredDeviations = squaredDeviations
    }

    /// The moments of all the values.
    public init(_ values: some Sequence<Double>) {
        for value in values { add(value) }
    }

    /// Takes one more value, which must be finite.
    public mutating func add(_ value: Double) {
        count += 1
        let deviation = value - mean
        mean += deviation / Double(count)
        squaredDeviations += deviation * (value - mean)
    }

    /// Takes all values of another set.
    public mutating func merge(_ other: Moments) {
        guard other.count > 0 else { return }
        let total = Double(count + other.count)
        let deviation = other.mean - mean
        squaredDeviations +=
            other.squaredDeviations + deviation * deviation * Double(count) * Double(other.count) / total
        mean += deviation * Double(other.count) / total
        count += other.count
    }

    /// With n − 1 in the denominator; nil below two values.
    public var variance: Double? { count < 2 ? nil : squaredDeviations / Double(count - 1) }

    /// The square root of the variance; nil below two values.
    public var standardDeviation: Double? { variance?.squareRoot() }
}
