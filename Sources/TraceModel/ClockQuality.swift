/// What the times of a trace say of the clock that they were read from.
public struct ClockQuality: Sendable, Equatable {
    /// How many calibrations tie the ticks to nanoseconds; 0 where times are nanoseconds already.
    public var calibrationCount: Int
    /// By how many nanoseconds a calibration lies off the line through the one before and the one after it, at most; nil
    /// below three calibrations.
    public var largestResidualNanoseconds: Double?
    /// By how many millionths the counter's rate in the second half of the calibrated time differs from that in the first;
    /// nil below three calibrations. Halves, because the first two calibrations are a millisecond apart, over which the
    /// reading of the clock alone makes tens of millionths.
    public var driftPartsPerMillion: Double?
    /// The step that the clock counts in, in nanoseconds: the largest one of which the distances between the times of a stream
    /// are all multiples. Nil where there are too few to tell.
    public var resolutionNanoseconds: Double?

    public init(
        calibrationCount: Int, largestResidualNanoseconds: Double?, driftPartsPerMillion: Double?,
        resolutionNanoseconds: Double?
    ) {
        self.calibrationCount = calibrationCount
        self.largestResidualNanoseconds = largestResidualNanoseconds
        self.driftPartsPerMillion = driftPartsPerMillion
        self.resolutionNanoseconds = resolutionNanoseconds
    }
}

extension TickConversion {
    /// What the calibrations say of the clock.
    ///
    /// - Parameter step: What the times in the file are multiples of.
    func quality(step: UInt64?) -> ClockQuality {
        let resolution = step.map { Double($0) * overallSlope }
        guard calibrations.count >= 3, let first = calibrations.first, let last = calibrations.last else {
            return ClockQuality(
                calibrationCount: calibrations.count, largestResidualNanoseconds: nil, driftPartsPerMillion: nil,
                resolutionNanoseconds: resolution)
        }
        let residuals = (1..<calibrations.count - 1).map { index in
            let (before, here, after) = (calibrations[index - 1], calibrations[index], calibrations[index + 1])
            let expected = Double(here.ticks - before.ticks) * Self.slope(from: before, to: after)
            return abs(Double(here.nanoseconds - before.nanoseconds) - expected)
        }
        let halfway = first.ticks + (last.ticks - first.ticks) / 2
        let interior = calibrations.dropFirst().dropLast()
        let middle = interior.min { $0.distance(from: halfway) < $1.distance(from: halfway) } ?? first
        let rates = (Self.slope(from: first, to: middle), Self.slope(from: middle, to: last))
        return ClockQuality(
            calibrationCount: calibrations.count, largestResidualNanoseconds: residuals.max(),
            driftPartsPerMillion: (rates.1 / rates.0 - 1) * 1e6, resolutionNanoseconds: resolution)
    }
}

extension TickConversion.Calibration {
    fileprivate func distance(from time: UInt64) -> UInt64 { ticks > time ? ticks - time : time - ticks }
}
