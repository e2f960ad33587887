#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How large a change of a metric may be before it matters, as declared under `gate`.
public struct Band: Sendable, Equatable, Codable {
    public enum Size: Sendable, Equatable, Codable {
        /// Relative to the baseline: 0.05 for 5 %; above 0.
        case relative(Double)
        /// In the metric's own unit (nanoseconds, per second, bytes, share, count); above 0.
        case absolute(Double)
    }

    public var size: Size

    public init(_ size: Size) { self.size = size }

    /// The largest effect that is still inside the band, on the scale of the comparison: ln(1 + δ) for a relative one, which is
    /// compared on logarithms, and the size itself for an absolute one.
    ///
    /// A relative band reaches from 1/(1 + δ) to 1 + δ: as far down as up on the logarithm.
    public var limit: Double {
        switch size {
        case .relative(let share): log1p(share)
        case .absolute(let size): size
        }
    }
}

extension Metric {
    /// Which way is worse.
    public enum Direction: String, Sendable, Equatable, Codable {
        case higherIsWorse = "higher-is-worse"
        case lowerIsWorse = "lower-is-worse"
    }

    /// Which way is worse: more time, memory, blocking and spread are; more throughput and more pairs are better. Of what a
    /// program prints, its declaration says it.
    public var direction: Direction {
        switch self {
        case .throughput, .writeThroughput, .pairedShare, .stage(_, _, .count): .lowerIsWorse
        case .stage, .blockedShare, .changedThreadShare, .cpuPerRequest, .peakMemory, .wallTime, .cpuTime:
            .higherIsWorse
        case .reported(let metric): metric.worse == .higher ? .higherIsWorse : .lowerIsWorse
        }
    }
}
