import TestSupport

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension SeededGenerator {
    /// A normal draw by Box and Muller's transform (1958, doi:10.1214/aoms/1177706645).
    mutating func normal(mean: Double = 0, deviation: Double = 1) -> Double {
        let radius = (-2 * log(Double.random(in: .leastNonzeroMagnitude..<1, using: &self))).squareRoot()
        return mean + deviation * radius * cos(2 * .pi * Double.random(in: 0..<1, using: &self))
    }
}

/// Whether two numbers agree to so many parts of the larger, or absolutely where both are that small.
func agree(_ left: Double, _ right: Double, within tolerance: Double) -> Bool {
    abs(left - right) <= tolerance * max(1e-12, abs(left), abs(right))
}
