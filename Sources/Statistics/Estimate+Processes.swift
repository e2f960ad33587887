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

    /// The t interval for the mean over processes at another confidence than 95 %; nil below two processes.
    ///
    /// - Parameter confidence: Between 0 and 1, both excluded.
    public func interval(confidence: Double) -> Interval? {
        Interval(of: Moments(processValues), confidence: confidence)
    }
}

extension Interval {
    /// The t interval for the mean; nil below two values.
    init?(of moments: Moments, confidence: Double = 0.95) {
        precondition(confidence > 0 && confidence < 1, "confidence \(confidence) outside 0…1")
        guard let deviation = moments.standardDeviation else { return nil }
        let t = StudentT(degreesOfFreedom: Double(moments.count - 1)).quantile(1 - (1 - confidence) / 2)
        let margin = t * deviation / Double(moments.count).squareRoot()
        self.init(lowerBound: moments.mean - margin, upperBound: moments.mean + margin)
    }
}
