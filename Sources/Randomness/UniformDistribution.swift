/// Each whole microsecond from the lower bound to the upper bound, both included, equally likely.
///
/// P(X = k) = 1/(b − a + 1) for k = a … b, mean (a + b)/2, variance ((b − a + 1)² − 1)/12 (the discrete uniform
/// distribution; Johnson, Kemp & Kotz 2005, *Univariate Discrete Distributions*, doi:10.1002/0471715816).
public struct UniformDistribution: Sendable, Equatable, Hashable {
    public let lowerBoundMicroseconds: Int64
    public let upperBoundMicroseconds: Int64

    /// - Parameters:
    ///   - lowerBoundMicroseconds: Zero or more.
    ///   - upperBoundMicroseconds: At least the lower bound.
    public init(lowerBoundMicroseconds: Int64, upperBoundMicroseconds: Int64) {
        precondition(
            0 <= lowerBoundMicroseconds && lowerBoundMicroseconds <= upperBoundMicroseconds,
            "uniform from \(lowerBoundMicroseconds) µs to \(upperBoundMicroseconds) µs")
        self.lowerBoundMicroseconds = lowerBoundMicroseconds
        self.upperBoundMicroseconds = upperBoundMicroseconds
    }

    public var mean: Duration {
        .nanoseconds(500 * (lowerBoundMicroseconds + upperBoundMicroseconds))
    }

    /// The next whole number of microseconds.
    public func drawMicroseconds(from stream: inout RandomStream) -> Int64 {
        lowerBoundMicroseconds
            + Int64(stream.next(below: UInt64(upperBoundMicroseconds - lowerBoundMicroseconds) + 1))
    }
}
