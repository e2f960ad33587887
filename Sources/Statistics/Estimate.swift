/// A value with what is known of its uncertainty, from one value for each process.
///
/// The process is the unit: requests inside one process are correlated, so the interval comes from the spread of the
/// processes' own values, however many requests each of them saw (Kalibera & Jones 2013, doi:10.1145/2464157.2464160).
public struct Estimate: Sendable, Equatable, Codable {
    /// The mean of the processes' values.
    public var value: Double
    /// The 95 % interval for the mean over processes; nil with fewer than two processes.
    public var interval: Interval?
    /// The processes' own values, in the order of the trials.
    public var processValues: [Double]

    public init(value: Double, interval: Interval?, processValues: [Double]) {
        self.value = value
        self.interval = interval
        self.processValues = processValues
    }
}

/// A closed interval of numbers.
public struct Interval: Sendable, Equatable, Codable {
    public var lowerBound: Double
    public var upperBound: Double

    public init(lowerBound: Double, upperBound: Double) {
        precondition(lowerBound <= upperBound, "interval from \(lowerBound) down to \(upperBound)")
        self.lowerBound = lowerBound
        self.upperBound = upperBound
    }
}
