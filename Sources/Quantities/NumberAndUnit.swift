/// A text split into its number and its unit, before either is judged: the one place that knows where a number ends.
struct NumberAndUnit {
    /// Digits, points and signs as they were written; never empty.
    let number: String
    /// What follows the number, without the spaces around it; empty where there is none.
    let unit: String

    /// - Returns: Nil where the text does not begin with a digit, a point or a sign.
    init?(_ text: String) {
        let trimmed = text.drop(while: Self.isBlank)
        let number = trimmed.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
        guard !number.isEmpty else { return nil }
        var unit = trimmed.dropFirst(number.count).drop(while: Self.isBlank)
        while let last = unit.last, Self.isBlank(last) { unit.removeLast() }
        self.number = String(number)
        self.unit = String(unit)
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
}
