// The regularised incomplete beta function, which Student's t rests on. The continued fraction is NIST's Digital
// Library of Mathematical Functions, 8.17.22 (https://dlmf.nist.gov/8.17.22), evaluated by the modified Lentz method
// (Thompson & Barnett 1986, doi:10.1016/0021-9991(86)90046-X). It converges fast for x < (a + 1)/(a + b + 2), and the
// symmetry I_x(a, b) = 1 − I_{1−x}(b, a) (DLMF 8.17.4) brings every x there.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

enum IncompleteBeta {
    /// I_x(a, b), where `complement` is 1 − x: given apart, because subtracting would lose the digits of a small one.
    static func regularized(_ x: Double, complement: Double, _ a: Double, _ b: Double) -> Double {
        precondition(a > 0 && b > 0, "parameters \(a) and \(b) must be positive")
        if x <= 0 { return 0 }
        if complement <= 0 { return 1 }
        let logarithm = logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(complement)
        if x < (a + 1) / (a + b + 2) { return exp(logarithm) / a * fraction(x, a, b) }
        return 1 - exp(logarithm) / b * fraction(complement, b, a)
    }

    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / away(1 - (a + b) * x / (a + 1))
        var result = d
        // 200 terms suffice for 4·10⁴ degrees of freedom; the bound grows as √max(a, b) for more.
        for index in 1...(200 + Int(8 * max(a, b).squareRoot())) {
            let m = Double(index)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / away(1 + even * d)
            c = away(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / away(1 + odd * d)
            c = away(1 + odd / c)
            let factor = d * c
            result *= factor
            if abs(factor - 1) < 1e-15 { break }
        }
        return result
    }

    /// ln Γ(x) for x > 0, by the variant that shares no state between threads.
    private static func logGamma(_ x: Double) -> Double {
        var sign: Int32 = 0
        return lgamma_r(x, &sign)
    }
}
