/// How many durations lie in [lowerBound, upperBound).
public struct HistogramBucket: Sendable, Equatable, Codable {
    public var lowerBoundNanoseconds: Int64
    public var upperBoundNanoseconds: Int64
    public var count: Int

    public init(lowerBoundNanoseconds: Int64, upperBoundNanoseconds: Int64, count: Int) {
        self.lowerBoundNanoseconds = lowerBoundNanoseconds
        self.upperBoundNanoseconds = upperBoundNanoseconds
        self.count = count
    }
}
