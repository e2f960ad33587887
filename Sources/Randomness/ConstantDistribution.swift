/// Always the same duration, to the nanosecond. It draws no random number.
public struct ConstantDistribution: Sendable, Equatable, Hashable {
    public let duration: Duration

    public init(_ duration: Duration) { self.duration = duration }
}
