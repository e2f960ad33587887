// Ticks become nanoseconds by straight lines between calibrations, so that the drift of the counter against
// CLOCK_MONOTONIC, which the system steers, never adds up. Before the first and after the last calibration the line
// through both of them goes on: the longest baseline has the smallest error of slope.

/// What a trace's times are in nanoseconds. Rising: a later time never converts to fewer nanoseconds.
struct TickConversion: Sendable, Equatable {
    struct Calibration: Sendable, Equatable {
        var ticks: UInt64
        var nanoseconds: UInt64
    }

    /// At least two, both numbers strictly rising; empty when times are nanoseconds already.
    let calibrations: [Calibration]
    let slopes: [Double]
    /// Nanoseconds a tick from the first calibration to the last; 1 for the identity.
    let overallSlope: Double

    /// For times that are nanoseconds.
    static let identity = TickConversion(calibrations: [], slopes: [], overallSlope: 1)

    private init(calibrations: [Calibration], slopes: [Double], overallSlope: Double) {
        self.calibrations = calibrations
        self.slopes = slopes
        self.overallSlope = overallSlope
    }

    /// - Parameter calibrations: In any order.
    /// - Returns: Nil with fewer than two calibrations, or when two contradict each other: more ticks, but not more
    ///   nanoseconds.
    init?(calibrations unordered: [Calibration]) {
        let sorted = unordered.sorted { ($0.ticks, $0.nanoseconds) < ($1.ticks, $1.nanoseconds) }
        guard sorted.count >= 2 else { return nil }
        let pairs = zip(sorted, sorted.dropFirst())
        guard pairs.allSatisfy({ $0.ticks < $1.ticks && $0.nanoseconds < $1.nanoseconds }) else { return nil }
        calibrations = sorted
        slopes = pairs.map(Self.slope)
        overallSlope = Self.slope(from: sorted[0], to: sorted[sorted.count - 1])
    }

    /// The nanoseconds of a time; a time outside ±292 years becomes the end of that range.
    ///
    /// Complexity: O(log n) in the number of calibrations.
    func nanoseconds(at time: UInt64) -> Int64 {
        guard let first = calibrations.first, let last = calibrations.last else { return Int64(clamping: time) }
        if time <= first.ticks {
            return Self.sum(first.nanoseconds, -Double(first.ticks - time) * overallSlope)
        }
        if time >= last.ticks {
            return Self.sum(last.nanoseconds, Double(time - last.ticks) * overallSlope)
        }
        let low = calibration(before: time)
        let start = calibrations[low]
        let converted = Self.sum(start.nanoseconds, Double(time - start.ticks) * slopes[low])
        return min(converted, Int64(clamping: calibrations[low + 1].nanoseconds))
    }

    /// The place of the last calibration at or before the time, which another one follows.
    func calibration(before time: UInt64) -> Int {
        var low = 0
        var high = calibrations.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if calibrations[middle].ticks <= time { low = middle } else { high = middle }
        }
        return low
    }

    /// Nanoseconds a tick.
    static func slope(from start: Calibration, to end: Calibration) -> Double {
        Double(end.nanoseconds - start.nanoseconds) / Double(end.ticks - start.ticks)
    }

    /// The sum, exact in whole nanoseconds as a double alone would not be.
    private static func sum(_ base: UInt64, _ offset: Double) -> Int64 {
        let approximate = Double(base) + offset
        guard approximate < 9.2e18, offset < 9.2e18 else { return .max }
        guard approximate > -9.2e18, offset > -9.2e18 else { return .min }
        return Int64(clamping: base).addingReportingOverflow(Int64(offset.rounded())).partialValue
    }
}
