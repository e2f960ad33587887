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
    /// The t interval for the mean; nil below two values, and where they are so large that their spread is not finite.
    ///
    /// - Parameter confidence: Between 0 and 1, both excluded.
    public init?(of moments: Moments, confidence: Double = 0.95) {
        precondition(confidence > 0 && confidence < 1, "confidence \(confidence) outside 0…1")
        guard let deviation = moments.standardDeviation else { return nil }
        let t = StudentT(degreesOfFreedom: Double(moments.count - 1)).quantile(1 - (1 - confidence) / 2)
        let margin = t * deviation / Double(moments.count).squareRoot()
        // Values so large that their spread does not fit into a double have no interval.
        guard margin.isFinite, moments.mean.isFinite else { return nil }
        self.init(lowerBound: moments.mean - margin, upperBound: moments.mean + margin)
    }
}

extension Moments {
    /// The two-sided probability of a mean at least as far from zero if the values came from a population of mean zero:
    /// Student's t test. Nil below two values, and where all are equal, so that there is no spread to measure by.
    var probabilityOfZeroMean: Double? {
        guard let deviation = standardDeviation, deviation > 0 else { return nil }
        let t = mean / (deviation / Double(count).squareRoot())
        return StudentT(degreesOfFreedom: Double(count - 1)).twoSidedProbability(t)
    }
}
