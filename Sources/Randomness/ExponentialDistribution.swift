import Quantities

/// A duration without memory, of the given mean: P(X > x) = e^(−x/mean), variance mean².
///
/// Drawn by inversion, X = −mean · ln U with U uniform on (0, 1) (von Neumann 1951; Devroye 1986, *Non-Uniform Random
/// Variate Generation*, doi:10.1007/978-1-4613-8643-8, chapter II.2).
public struct ExponentialDistribution: Sendable, Equatable, Hashable {
    public let mean: Duration

    /// - Parameter mean: Zero or more; a mean of zero always draws zero.
    public init(mean: Duration) {
        precondition(mean >= .zero, "exponential with mean \(mean)")
        self.mean = mean
    }

    /// The next duration, rounded to whole microseconds.
    public func drawMicroseconds(from stream: inout RandomStream) -> Int64 {
        let microseconds = Double(mean.inNanoseconds) / 1000
        return Int64((-microseconds * naturalLogarithm(stream.nextUnit())).rounded())
    }
}
