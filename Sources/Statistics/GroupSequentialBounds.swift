// Who looks at the data again and again until they please finds something: at ten looks of 5 % each, in about 19 % of the
// cases where there is nothing. A group-sequential rule spends its error over the looks instead: a spending function says
// how much of it may be gone when a share t of the planned values is in, and the bound of each look is the one that spends
// just that (Lan & DeMets 1983, doi:10.1093/biomet/70.3.659). What the looks share is taken into account: the sum of the
// values is followed as a random walk that ends where it crosses a bound, its density carried from look to look by
// numerical integration (Armitage, McPherson & Rowe 1969, doi:10.2307/2343787; Jennison & Turnbull 2000, *Group Sequential
// Methods*, chapter 19).
//
// Bounds are one-sided: a claim in each direction has an error of its own. The lower bound is the mirror of the upper.
// For values of unknown variance each look's nominal level is applied to Student's t (Jennison & Turnbull 2000, section
// 3.8: the significance-level approach).

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The one-sided bounds of a test that looks at its data several times.
public struct GroupSequentialBounds: Sendable, Equatable {
    /// How much of the error may be spent when a share t of the values is in.
    public enum Spending: Sendable, Equatable {
        /// 2 − 2Φ(z/√t) with Φ(z) = 1 − α/2: almost nothing early, almost all of it left for the end (Lan & DeMets 1983).
        case obrienFleming
        /// α·t^ρ, ρ above 0: even at 1, like O'Brien and Fleming at 3 (Kim & DeMets 1987, doi:10.1093/biomet/74.1.149).
        case power(Double)

        /// - Parameters:
        ///   - fraction: t, 0…1.
        ///   - errorRate: α, between 0 and 1.
        public func spent(at fraction: Double, of errorRate: Double) -> Double {
            guard fraction > 0 else { return 0 }
            guard fraction < 1 else { return errorRate }
            switch self {
            case .obrienFleming:
                return 2 * StandardNormal.upperTail(StandardNormal.quantile(1 - errorRate / 2) / fraction.squareRoot())
            case .power(let exponent): return errorRate * pow(fraction, exponent)
            }
        }
    }

    public struct Look: Sendable, Equatable {
        /// The share of the planned values that is in, above 0 and at most 1.
        public let fraction: Double
        /// The standardised mean above which the test stops.
        public let bound: Double
        /// P(Z ≥ bound): what the look may call significant by itself, one-sided.
        public let nominalLevel: Double
        /// The error spent up to and with this look.
        public let spent: Double
    }

    /// In the order of the fractions.
    public let looks: [Look]

    /// O(looks · points²), with 16 points in a standard deviation of the smallest step between looks: some milliseconds for ten
    /// even looks.
    ///
    /// - Parameters:
    ///   - errorRate: The chance that any look crosses its bound where the mean is zero, one-sided; above 0, below 0.5.
    ///   - fractions: The share of the planned values at each look: rising, above 0 and at most 1; 1 to 100 of them.
    public init(errorRate: Double, fractions: [Double], spending: Spending) {
        precondition(errorRate > 0 && errorRate < 0.5, "error rate \(errorRate) outside 0…0.5")
        precondition((1...100).contains(fractions.count), "\(fractions.count) looks; there may be 1 to 100")
        precondition(
            zip([0] + fractions, fractions).allSatisfy { $0 < $1 } && fractions[fractions.count - 1] <= 1,
            "fractions \(fractions) must rise from above 0 to at most 1")
        var walk = BoundedWalk()
        var spentBefore = 0.0
        var looks: [Look] = []
        for (index, fraction) in fractions.enumerated() {
            let spent = max(spentBefore, spending.spent(at: fraction, of: errorRate))
            let bound = walk.bound(at: fraction, crossedWith: spent - spentBefore)
            looks.append(
                Look(
                    fraction: fraction, bound: bound, nominalLevel: StandardNormal.upperTail(bound), spent: spent))
            spentBefore = spent
            if index + 1 < fractions.count {
                walk.advance(to: fraction, below: bound, nextStep: fractions[index + 1] - fraction)
            }
        }
        self.looks = looks
    }
}

/// The density of a standard Brownian motion over time 0…1 that ends where it is above a bound at a look.
private struct BoundedWalk {
    /// Beyond so many standard deviations a density is taken for zero: what is cut off there is below 10⁻¹⁰.
    private static let reach = 6.5
    /// Points in the smaller one of two steps' standard deviations. The density is smooth and ends at the bound alone, where
    /// Simpson's rule then leaves the bounds an error below 10⁻⁷; with ten points it was 4 · 10⁻⁷.
    private static let pointsPerDeviation = 16.0
    /// A bound on the work where steps are tiny; reached with steps below 10⁻⁴ of the whole.
    private static let mostIntervals = 20_000

    private var time = 0.0
    /// Where the density is known, and what it is there times the weight of Simpson's rule; empty before the first look.
    private var places: [Double] = []
    private var masses: [Double] = []

    /// The bound on the standardised walk that is crossed at this time, and not at a look before, with the probability.
    func bound(at fraction: Double, crossedWith probability: Double) -> Double {
        var (low, high) = (-Self.reach, 38.0)
        // 64 halvings of 45 leave less than the spacing of doubles at 1.
        for _ in 0..<64 {
            let middle = (low + high) / 2
            let isBelow = crossing(middle * fraction.squareRoot(), at: fraction) > probability
            if isBelow { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    private func crossing(_ place: Double, at fraction: Double) -> Double {
        let deviation = (fraction - time).squareRoot()
        guard !places.isEmpty else { return StandardNormal.upperTail(place / deviation) }
        var sum = 0.0
        for index in places.indices {
            sum += masses[index] * StandardNormal.upperTail((place - places[index]) / deviation)
        }
        return sum
    }

    /// Goes on to the next look and keeps what is below the bound.
    mutating func advance(to fraction: Double, below bound: Double, nextStep: Double) {
        let deviation = (fraction - time).squareRoot()
        let scale = fraction.squareRoot()
        let (lowest, highest) = (-Self.reach * scale, min(bound, Self.reach) * scale)
        let spacing = min(deviation, nextStep.squareRoot()) / Self.pointsPerDeviation
        let intervals = min(Self.mostIntervals, 2 * max(1, Int(((highest - lowest) / spacing / 2).rounded(.up))))
        let width = (highest - lowest) / Double(intervals)
        let factor = width / 3 / (deviation * (2 * Double.pi).squareRoot())
        let nextPlaces = (0...intervals).map { lowest + Double($0) * width }
        masses = nextPlaces.enumerated().map { index, place in
            let weight = index == 0 || index == intervals ? 1.0 : index % 2 == 1 ? 4 : 2
            return density(place, deviation) * factor * weight
        }
        places = nextPlaces
        time = fraction
    }

    /// Of the walk at the next look, without the factor of the normal density.
    private func density(_ place: Double, _ deviation: Double) -> Double {
        guard !places.isEmpty else { return exp(-place * place / (2 * deviation * deviation)) }
        let squares = 2 * deviation * deviation
        var sum = 0.0
        for index in places.indices {
            let distance = place - places[index]
            sum += masses[index] * exp(-distance * distance / squares)
        }
        return sum
    }
}
