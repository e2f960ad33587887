// Durations as people write them: `50ms`, `1.5 s`, `60us`. A number without a unit is refused, because
// "50" has been read as seconds by one tool and as milliseconds by the next.

extension Duration {
    /// The units that are read, each with its length in nanoseconds.
    static let units: [(name: String, nanoseconds: Double)] = [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("min", 6e10), ("h", 3.6e12),
    ]

    /// Reads a duration such as `50ms`, `1.5 s` or `2min`.
    ///
    /// - Parameter text: A decimal number from 0 up, then one of `ns us µs ms s min h`; blanks around both are ignored.
    /// - Returns: The duration, rounded to whole nanoseconds.
    /// - Throws: ``QuantityError`` when the unit is missing or unknown, or the number is none, negative or over 1000 h.
    public init(text: String) throws(QuantityError) {
        guard let parts = NumberAndUnit(text) else {
            throw QuantityError(text: text, complaint: "is not a duration: write a number and a unit, as in 50ms")
        }
        let (number, unit) = (parts.number, parts.unit)
        guard !unit.isEmpty else {
            throw QuantityError(
                text: text, complaint: "has no unit: write one of ns, us, ms, s, min, h, as in \(number)ms")
        }
        guard let scale = Self.units.first(where: { $0.name == unit })?.nanoseconds else {
            throw QuantityError(text: text, complaint: "has the unit '\(unit)', which is none of ns, us, ms, s, min, h")
        }
        guard let value = Double(number), value.isFinite else {
            throw QuantityError(text: text, complaint: "does not start with a decimal number")
        }
        guard value >= 0 else {
            throw QuantityError(text: text, complaint: "is negative: a duration is zero or more")
        }
        let nanoseconds = (value * scale).rounded()
        guard nanoseconds <= 3.6e15 else {
            throw QuantityError(text: text, complaint: "is longer than 1000 h, the longest duration allowed")
        }
        self = .nanoseconds(Int64(nanoseconds))
    }

    /// The shortest exact text that ``init(text:)`` reads back to the same duration, as in `50ms` or `1500us`.
    public var text: String {
        let nanoseconds = inNanoseconds
        if nanoseconds == 0 { return "0s" }
        for (name, length) in [("s", Int64(1_000_000_000)), ("ms", 1_000_000), ("us", 1_000)]
        where nanoseconds % length == 0 {
            return "\(nanoseconds / length)\(name)"
        }
        return "\(nanoseconds)ns"
    }
}
