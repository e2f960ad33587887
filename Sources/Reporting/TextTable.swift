/// A table for terminals: columns aligned with spaces, two between them, nothing at the ends of lines.
struct TextTable {
    private let header: [String]
    private let textColumnCount: Int
    private var rows: [[String]] = []

    /// - Parameter textColumnCount: How many columns, from the left, are aligned left; the rest hold figures.
    init(header: [String], textColumnCount: Int) {
        self.header = header
        self.textColumnCount = textColumnCount
    }

    mutating func append(_ row: [String]) {
        precondition(row.count == header.count, "row of \(row.count) cells under a header of \(header.count)")
        rows.append(row.map(PlainText.singleLine))
    }

    /// The lines, each behind the indent.
    func lines(indent: Int = 2) -> [String] {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = row.enumerated().map { column, cell in
                column < textColumnCount ? cell.rightPadded(to: widths[column]) : cell.leftPadded(to: widths[column])
            }
            let line = String(repeating: " ", count: indent) + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
