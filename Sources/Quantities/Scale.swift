// One scale for a column: numbers that are compared stand in the same unit with the same number of decimals.

/// A unit of time chosen once for a set of values, so that all of them are printed alike.
public struct Scale: Sendable, Equatable {
    /// The unit as printed: `ns`, `µs`, `ms` or `s`.
    public let unit: String
    /// How many nanoseconds one unit has.
    public let nanosecondsPerUnit: Double

    public static let nanoseconds = Scale(unit: "ns", nanosecondsPerUnit: 1)
    public static let microseconds = Scale(unit: "µs", nanosecondsPerUnit: 1e3)
    public static let milliseconds = Scale(unit: "ms", nanosecondsPerUnit: 1e6)
    public static let seconds = Scale(unit: "s", nanosecondsPerUnit: 1e9)

    /// The largest unit in which the value is at least one; nanoseconds for zero.
    ///
    /// - Parameter nanoseconds: The value that sets the scale, usually the median or the largest of a column.
    public static func fitting(nanoseconds: Double) -> Scale {
        let magnitude = abs(nanoseconds)
        if magnitude >= 1e9 { return .seconds }
        if magnitude >= 1e6 { return .milliseconds }
        if magnitude >= 1e3 { return .microseconds }
        return .nanoseconds
    }

    /// One unit for values that lie far apart: what fits the typical one, or the next larger ones for as long as the largest would
    /// have more than five digits before its point.
    ///
    /// - Parameters:
    ///   - typicalNanoseconds: As for ``fitting(nanoseconds:)``.
    ///   - largestNanoseconds: The largest value, usually far above the typical one.
    public static func shared(typicalNanoseconds: Double, largestNanoseconds: Double) -> Scale {
        let typical = fitting(nanoseconds: typicalNanoseconds)
        let units = [typical, .microseconds, .milliseconds, .seconds].filter {
            $0.nanosecondsPerUnit >= typical.nanosecondsPerUnit
        }
        return units.first { abs(largestNanoseconds) < 1e5 * $0.nanosecondsPerUnit } ?? .seconds
    }

    /// The number alone, without the unit, with the given number of decimals.
    public func number(nanoseconds: Double, decimals: Int) -> String {
        (nanoseconds / nanosecondsPerUnit).fixed(decimals)
    }

    /// The number and the unit, as in `50.11 ms`.
    public func text(nanoseconds: Double, decimals: Int) -> String {
        "\(number(nanoseconds: nanoseconds, decimals: decimals)) \(unit)"
    }
}

extension Double {
    /// The value in decimal notation with exactly the given number of decimals; "—" when it is no number.
    ///
    /// - Parameter decimals: 0…12.
    public func fixed(_ decimals: Int) -> String {
        precondition((0...12).contains(decimals), "decimals \(decimals) outside 0…12")
        guard isFinite else { return "—" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (self * scale).rounded()
        guard abs(scaled) < 9e18 else { return String(self) }
        let whole = Int64(scaled)
        var digits = String(whole.magnitude)
        guard decimals > 0 else { return (whole < 0 ? "-" : "") + digits }
        if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
        return (whole < 0 ? "-" : "") + digits.dropLast(decimals) + "." + digits.suffix(decimals)
    }
}
