import Quantities

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A duration from the normal distribution: density exp(−(x − μ)²/2σ²)/(σ√2π).
///
/// Drawn by inversion, X = μ + σ·Φ⁻¹(U) with U uniform on (0, 1), so that one draw takes exactly one random number;
/// the quantile Φ⁻¹ is ``standardNormalQuantile(_:)``. A draw may be below zero: ``Delay`` decides what that means.
public struct NormalDistribution: Sendable, Equatable, Hashable {
    public let mean: Duration
    public let standardDeviation: Duration

    /// - Parameters:
    ///   - mean: Zero or more.
    ///   - standardDeviation: Zero or more.
    public init(mean: Duration, standardDeviation: Duration) {
        precondition(
            mean >= .zero && standardDeviation >= .zero,
            "normal with mean \(mean) and standard deviation \(standardDeviation)")
        self.mean = mean
        self.standardDeviation = standardDeviation
    }

    /// E[max(0, X)] = μΦ(μ/σ) + σφ(μ/σ): the mean where a draw below zero counts as zero (Johnson, Kotz & Balakrishnan
    /// 1994, *Continuous Univariate Distributions* 1, chapter 13.10.1). For comparison only: it is computed with the C
    /// library, and no draw depends on it.
    public var meanAboveZero: Duration {
        let (mean, deviation) = (Double(mean.inNanoseconds), Double(standardDeviation.inNanoseconds))
        guard deviation > 0 else { return self.mean }
        let z = mean / deviation
        let cumulative = 0.5 * erfc(-z / 2.0.squareRoot())
        let density = exp(-0.5 * z * z) / (2 * Double.pi).squareRoot()
        return .nanoseconds(Int64((mean * cumulative + deviation * density).rounded()))
    }

    /// The next duration, rounded to whole microseconds; it may be negative.
    public func drawMicroseconds(from stream: inout RandomStream) -> Int64 {
        let mean = Double(mean.inNanoseconds) / 1000
        let standardDeviation = Double(standardDeviation.inNanoseconds) / 1000
        return Int64((mean + standardDeviation * standardNormalQuantile(stream.nextUnit())).rounded())
    }
}

extension RandomStream {
    /// The next standard normal number, of one uniform one by inversion; the same bits on every machine.
    public mutating func nextNormal() -> Double { standardNormalQuantile(nextUnit()) }
}

/// The value that a standard normal variable exceeds with probability 1 − p, to about 16 decimal digits.
///
/// Wichura 1988, "Algorithm AS 241: The Percentage Points of the Normal Distribution", routine PPND16,
/// doi:10.2307/2347330. Of the functions it needs, the square root is exact in IEEE 754 and the logarithm is
/// ``naturalLogarithm(_:)``, so the result has the same bits on every machine.
///
/// - Parameter p: Above 0 and below 1.
func standardNormalQuantile(_ p: Double) -> Double {
    precondition(0 < p && p < 1, "the normal quantile of \(p) was asked for")
    let q = p - 0.5
    if abs(q) <= 0.425 {
        let r = 0.180625 - q * q
        return q * polynomial(centralNumerator, r) / polynomial(centralDenominator, r)
    }
    let r = (-naturalLogarithm(q < 0 ? p : 1 - p)).squareRoot()
    let magnitude =
        r <= 5
        ? polynomial(middleNumerator, r - 1.6) / polynomial(middleDenominator, r - 1.6)
        : polynomial(tailNumerator, r - 5) / polynomial(tailDenominator, r - 5)
    return q < 0 ? -magnitude : magnitude
}

private typealias Coefficients = (Double, Double, Double, Double, Double, Double, Double, Double)

/// c₀ + c₁r + … + c₇r⁷ by Horner's rule.
private func polynomial(_ c: Coefficients, _ r: Double) -> Double {
    ((((((c.7 * r + c.6) * r + c.5) * r + c.4) * r + c.3) * r + c.2) * r + c.1) * r + c.0
}

// The coefficients as the paper prints them, a₀ … a₇ and 1, b₁ … b₇, then c, d, e and f.
private let centralNumerator: Coefficients = (
    3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
    4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3
)
private let centralDenominator: Coefficients = (
    1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
    2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3
)
private let middleNumerator: Coefficients = (
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4
)
private let middleDenominator: Coefficients = (
    1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9
)
private let tailNumerator: Coefficients = (
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7
)
private let tailDenominator: Coefficients = (
    1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15
)
