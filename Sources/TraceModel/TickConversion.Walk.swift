// Times that are converted in their order lie on the same line a hundred milliseconds long: it is looked up once for all.

extension TickConversion {
    /// A conversion of times that come in their order, or nearly so.
    struct Walk {
        private let conversion: TickConversion
        private let isIdentity: Bool
        /// The line that the last time was on.
        private var line = Line(ticks: 0, length: 0, nanoseconds: 0, ceiling: 0, slope: 0)

        init(conversion: TickConversion) {
            self.conversion = conversion
            isIdentity = conversion.calibrations.isEmpty
        }

        /// What ``TickConversion/nanoseconds(at:)`` says.
        @inline(__always)
        mutating func nanoseconds(at time: UInt64) -> Int64 {
            if line.contains(time) { return line.nanoseconds(at: time) }
            if isIdentity { return Int64(clamping: time) }
            return nanosecondsOffLine(at: time)
        }

        @inline(never)
        private mutating func nanosecondsOffLine(at time: UInt64) -> Int64 {
            if let line = conversion.line(at: time) { self.line = line }
            return conversion.nanoseconds(at: time)
        }
    }

    /// The straight line from one calibration to the next, for times on it.
    struct Line {
        let ticks: UInt64
        /// In ticks, below 2⁶³.
        let length: UInt64
        let nanoseconds: Int64
        /// The nanoseconds of the next calibration.
        let ceiling: Int64
        let slope: Double

        /// From here up to the double of it all numbers are whole, and all whole numbers are there.
        fileprivate static let wholeFrom = 0x1p52

        @inline(__always)
        func contains(_ time: UInt64) -> Bool { time &- ticks < length }

        /// The same number as by ``TickConversion/nanoseconds(at:)``.
        @inline(__always)
        func nanoseconds(at time: UInt64) -> Int64 {
            let offset = Double(Int64(bitPattern: time &- ticks)) * slope
            // Rounded as `rounded()` rounds what is not negative, which is a call into the library of mathematics. From 2⁵² on
            // numbers are whole: adding that leaves the nearest whole number in the lower bits, of two the even one.
            let shifted = offset + Self.wholeFrom
            let nearest = Int64(bitPattern: shifted.bitPattern &- Self.wholeFrom.bitPattern)
            let rounded = offset - (shifted - Self.wholeFrom) >= 0.5 ? nearest &+ 1 : nearest
            return min(nanoseconds &+ rounded, ceiling)
        }
    }

    /// The line that a time lies on; nil outside of the calibrations, and where numbers are so large that sums may not fit.
    private func line(at time: UInt64) -> Line? {
        guard let first = calibrations.first, let last = calibrations.last, time >= first.ticks, time < last.ticks,
            last.ticks < 1 << 63, last.nanoseconds < 1 << 62
        else { return nil }
        let index = calibration(before: time)
        let (start, end) = (calibrations[index], calibrations[index + 1])
        guard Double(end.ticks - start.ticks) * slopes[index] < Line.wholeFrom / 2 else { return nil }
        return Line(
            ticks: start.ticks, length: end.ticks - start.ticks, nanoseconds: Int64(start.nanoseconds),
            ceiling: Int64(end.nanoseconds), slope: slopes[index])
    }
}
