import Quantities
import Statistics

/// How one column of figures is printed: one unit and one number of decimals for all of them.
///
/// The decimals are as many as the smallest figure needs for two digits, and the middle one of the intervals' half widths
/// for one, but never more than four: beyond that a column holds noise.
struct FigureColumn: Sendable, Equatable {
    static let absent = "—"

    /// How many base units (nanoseconds, bytes, …) one printed unit has.
    let divisor: Double
    let decimals: Int
    /// The largest value that is possible.
    private let limit: Double

    init(divisor: Double = 1, limit: Double = .infinity, values: [Double], intervals: [Interval] = []) {
        let magnitudes = values.filter { $0.isFinite && $0 != 0 }.map { abs($0) / divisor }
        let halfWidths = intervals.map { ($0.upperBound - $0.lowerBound) / 2 / divisor }.filter {
            $0.isFinite && $0 > 0
        }.sorted()
        let forValues = magnitudes.min().map(Self.decimals(forSmallest:)) ?? 0
        let forIntervals = halfWidths.isEmpty ? 0 : Self.decimals(forHalfWidth: halfWidths[halfWidths.count / 2])
        self.divisor = divisor
        self.decimals = max(forValues, forIntervals)
        self.limit = limit
    }

    init(divisor: Double = 1, limit: Double = .infinity, estimates: [Estimate]) {
        self.init(
            divisor: divisor, limit: limit, values: estimates.map(\.value), intervals: estimates.compactMap(\.interval))
    }

    /// The figure alone; "—" where it is absent or no number.
    func text(_ value: Double?) -> String {
        guard let value else { return Self.absent }
        return (value / divisor).fixed(decimals)
    }

    /// The figure with its interval, as in `50.11 [50.09, 50.13]`; without one where the interval is unknown.
    ///
    /// Nothing in these columns can be below zero, nor above the limit: what the interval has beyond is cut off, which
    /// leaves its coverage as it is.
    func text(_ estimate: Estimate?) -> String {
        guard let estimate, estimate.value.isFinite else { return Self.absent }
        guard let interval = estimate.interval, interval.lowerBound.isFinite, interval.upperBound.isFinite else {
            return text(estimate.value)
        }
        let lowerBound = estimate.value >= 0 ? max(0, interval.lowerBound) : interval.lowerBound
        let upperBound = min(interval.upperBound, max(limit, estimate.value))
        return "\(text(estimate.value)) [\(text(lowerBound)), \(text(upperBound))]"
    }

    /// A number with at most four decimals, and none that say nothing.
    static func trimmed(_ value: Double) -> String {
        var digits = value.fixed(4)
        if digits.contains("."), !digits.contains("e") {
            while digits.hasSuffix("0") { digits.removeLast() }
            if digits.hasSuffix(".") { digits.removeLast() }
        }
        return digits
    }

    private static func decimals(forSmallest magnitude: Double) -> Int {
        switch magnitude {
        case 1000...: 0
        case 100...: 1
        case 1...: 2
        case 0.01...: 3
        default: 4
        }
    }

    private static func decimals(forHalfWidth halfWidth: Double) -> Int {
        switch halfWidth {
        case 1...: 0
        case 0.1...: 1
        case 0.01...: 2
        case 0.001...: 3
        default: 4
        }
    }
}
