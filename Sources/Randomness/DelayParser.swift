import Quantities

/// Reads the grammar of ``Delay`` from left to right and stops at the first thing that does not fit.
struct DelayParser {
    private let text: String
    private let characters: [Character]
    private var position = 0

    static let lengthMaximum = 200

    init(text: String) {
        self.text = text
        characters = Array(text.prefix(Self.lengthMaximum + 1))
    }

    mutating func parse() throws(QuantityError) -> [Delay.Term] {
        guard characters.count <= Self.lengthMaximum else {
            throw QuantityError(
                text: String(text.prefix(24)) + "…",
                complaint: "is longer than \(Self.lengthMaximum) characters, the longest text of a delay")
        }
        skipSpaces()
        guard position < characters.count else {
            throw complaint("is empty: write a delay, as in 50ms or 50ms + normal(10ms, 5ms)")
        }
        var terms: [Delay.Term] = []
        while true {
            guard terms.count < Delay.termCountMaximum else {
                throw complaint(
                    "has more than \(Delay.termCountMaximum) terms, the most that a delay may be the sum of")
            }
            terms.append(try term())
            guard position < characters.count else { return terms }
            guard take("+") else {
                throw unexpected(wanted: "'+' and another term, or the end")
            }
        }
    }

    private mutating func term() throws(QuantityError) -> Delay.Term {
        skipSpaces()
        let start = position
        guard position < characters.count, characters[position].isLetter else {
            return .constant(ConstantDistribution(try duration()))
        }
        let name = takeWhile { $0.isLetter || $0.isNumber || $0 == "_" }
        switch name {
        case "uniform":
            let (lower, upper, start) = try twoDurations(of: "uniform", called: "a lower bound", "an upper bound")
            return .uniform(try uniform(lower, upper, start: start))
        case "normal":
            let (mean, deviation, _) = try twoDurations(of: "normal", called: "a mean", "a standard deviation")
            return .normal(NormalDistribution(mean: mean, standardDeviation: deviation))
        case "exponential":
            let usage = "exponential takes a mean"
            try take("(", usage)
            let mean = try duration()
            try take(")", usage)
            return .exponential(ExponentialDistribution(mean: mean))
        default:
            throw unknown(name, at: start)
        }
    }

    private func uniform(
        _ lower: Duration, _ upper: Duration, start: Int
    ) throws(QuantityError) -> UniformDistribution {
        guard lower <= upper else {
            throw complaint(
                "has bounds in the wrong order \(place(start)): "
                    + "write the lower one first, as in uniform(\(upper.text), \(lower.text))")
        }
        for bound in [lower, upper] where bound.inNanoseconds % 1000 != 0 {
            throw complaint(
                "has the bound \(bound.text) \(place(start)), which is not in whole microseconds: "
                    + "a random term is drawn in whole microseconds")
        }
        return UniformDistribution(
            lowerBoundMicroseconds: lower.inNanoseconds / 1000, upperBoundMicroseconds: upper.inNanoseconds / 1000)
    }

    /// Reads `( duration , duration )`; also says where the first one starts.
    private mutating func twoDurations(
        of name: String, called first: String, _ second: String
    ) throws(QuantityError) -> (Duration, Duration, start: Int) {
        let usage = "\(name) takes \(first) and \(second)"
        try take("(", usage)
        skipSpaces()
        let start = position
        let one = try duration()
        try take(",", usage)
        let two = try duration()
        try take(")", usage)
        return (one, two, start)
    }

    /// Reads up to the next character that ends a duration in this grammar, and leaves the judgement to `Duration`.
    private mutating func duration() throws(QuantityError) -> Duration {
        skipSpaces()
        let start = position
        let sign = position < characters.count && "+-".contains(characters[position])
        if sign { position += 1 }
        let word = (sign ? String(characters[start]) : "") + takeWhile { !"+,()".contains($0) }
        var trimmed = word[...]
        while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
        guard let first = trimmed.first, !trimmed.isEmpty else {
            position = start
            throw unexpected(wanted: "a duration such as 50ms or one of \(Delay.Term.names.joined(separator: ", "))")
        }
        guard first != "+" else {
            position = start
            throw unexpected(wanted: "a duration without a sign, such as 50ms")
        }
        do {
            return try Duration(text: String(trimmed))
        } catch {
            throw complaint("has '\(trimmed)' \(place(start)), which \(error.complaint)")
        }
    }

    private mutating func take(_ wanted: Character, _ usage: String) throws(QuantityError) {
        guard take(wanted) else { throw unexpected(wanted: "'\(wanted)'", usage: usage) }
    }

    private mutating func take(_ wanted: Character) -> Bool {
        skipSpaces()
        guard position < characters.count, characters[position] == wanted else { return false }
        position += 1
        return true
    }

    private mutating func takeWhile(_ holds: (Character) -> Bool) -> String {
        let start = position
        while position < characters.count, holds(characters[position]) { position += 1 }
        return String(characters[start..<position])
    }

    private mutating func skipSpaces() {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
    }

    private func unknown(_ name: String, at start: Int) -> QuantityError {
        let allowed = Delay.Term.names.joined(separator: ", ")
        let suggestion = nearestName(to: name, among: Delay.Term.names).map { ": did you mean \($0)?" } ?? ""
        return complaint("has '\(name)' \(place(start)), which is none of \(allowed)\(suggestion)")
    }

    private func unexpected(wanted: String, usage: String? = nil) -> QuantityError {
        let reason = usage.map { ": \($0)" } ?? ""
        guard position < characters.count else { return complaint("ends where \(wanted) should follow\(reason)") }
        return complaint("has '\(characters[position])' \(place(position)), where \(wanted) should stand\(reason)")
    }

    private func complaint(_ complaint: String) -> QuantityError { QuantityError(text: text, complaint: complaint) }

    private func place(_ index: Int) -> String { "at character \(index + 1)" }
}
