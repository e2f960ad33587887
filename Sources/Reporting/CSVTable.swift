// Comma-separated values as RFC 4180 (Shafranovich 2005) has them, except that lines end in a line feed alone, so that
// a repository shows their changes line by line; every reader in common use takes both.

/// A CSV file: a header and rows of equal length.
struct CSVTable {
    private let columnCount: Int
    private(set) var text: String

    init(header: [String]) {
        columnCount = header.count
        text = Self.line(header)
    }

    mutating func append(_ row: [String]) {
        precondition(row.count == columnCount, "row of \(row.count) fields under a header of \(columnCount)")
        text += Self.line(row)
    }

    /// The shortest decimal text that reads back to the same double, without a fraction where there is none;
    /// empty where the value is absent or not finite.
    static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "" }
        if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 { return String(whole) }
        return String(value)
    }

    private static func line(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\n"
    }

    private static func quoted(_ field: String) -> String {
        guard field.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
