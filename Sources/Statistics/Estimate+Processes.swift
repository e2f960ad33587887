extension Estimate {
    /// The mean of the processes' values with the 95 % t interval over processes: x̄ ± t(0.975, n − 1)·s/√n.
    ///
    /// - Parameter processValues: One finite number a process, in the order of the trials; at least one. With one there
    ///   is no interval.
    public init(processValues: [Double]) {
        precondition(!processValues.isEmpty, "an estimate from no processes")
        let moments = Moments(processValues)
        self.init(value: moments.mean, interval: Interval(of: moments), processValues: processValues)
    }
}

extension Interval {
    /// The 95 % t interval for the mean; nil below two values.
    init?(of moments: Moments) {
        guard let deviation = moments.standardDeviation else { return nil }
        let t = StudentT(degreesOfFreedom: Double(moments.count - 1)).quantile(0.975)
        let margin = t * deviation / Double(moments.count).squareRoot()
        self.init(lowerBound: moments.mean - margin, upperBound: moments.mean + margin)
    }
}
