// What a declaration may compare a metric with. The unit says which kind of quantity is meant, so that `31` is never
// taken for 31 % nor `2%` for two percentage points: those are `31%` and `2 points`.

/// A number with the unit of what it measures, as in `50ms`, `133.24/s`, `31%`, `5 points`, `64MiB` or `1976`.
public enum Quantity: Sendable, Equatable {
    case duration(Duration)
    /// Per second, from zero up.
    case rate(perSecond: Double)
    /// A ratio: 31 % is 0.31.
    case percentage(Double)
    /// A difference of two percentages, as a ratio: 5 points are 0.05.
    case points(Double)
    /// From zero up.
    case bytes(Double)
    /// A plain number without a unit.
    case number(Double)

    /// The units that are read besides those of durations, each with what one of it is.
    static let byteUnits: [(name: String, bytes: Double)] = [
        ("B", 1), ("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824),
    ]

    /// Reads a quantity.
    ///
    /// - Parameter text: A decimal number from 0 up, then nothing or one of `ns us µs ms s min h` (a duration), `/s`
    ///   (a rate), `%`, `points`, `B KiB MiB GiB`; blanks around both are ignored.
    /// - Throws: ``QuantityError`` when there is no number, the number is negative or over 10¹⁵, or the unit is none
    ///   of these.
    public init(text: String) throws(QuantityError) {
        guard let parts = NumberAndUnit(text) else {
            throw QuantityError(
                text: text, complaint: "is not a quantity: write a number and its unit, as in 50ms, 133.24/s or 31%")
        }
        if Duration.units.contains(where: { $0.name == parts.unit }) {
            self = .duration(try Duration(text: text))
            return
        }
        guard let value = Double(parts.number), value.isFinite else {
            throw QuantityError(text: text, complaint: "does not start with a decimal number")
        }
        guard value >= 0 else { throw QuantityError(text: text, complaint: "is negative: write a number from 0 up") }
        guard value <= 1e15 else { throw QuantityError(text: text, complaint: "is larger than 1e15, the most allowed") }
        switch parts.unit {
        case "": self = .number(value)
        case "/s": self = .rate(perSecond: value)
        case "%": self = .percentage(value / 100)
        case "point", "points": self = .points(value / 100)
        default:
            guard let unit = Self.byteUnits.first(where: { $0.name == parts.unit }) else {
                throw QuantityError(
                    text: text,
                    complaint: "has the unit '\(parts.unit)', which is none of ns, us, ms, s, min, h, /s, %, points, "
                        + "B, KiB, MiB, GiB")
            }
            self = .bytes(value * unit.bytes)
        }
    }

    /// What kind of quantity this is, as a phrase with its article, as in `a duration`.
    public var kind: String {
        switch self {
        case .duration: "a duration"
        case .rate: "a rate"
        case .percentage: "a percentage"
        case .points: "a difference in percentage points"
        case .bytes: "a number of bytes"
        case .number: "a plain number"
        }
    }
}
