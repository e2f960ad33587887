/// A table for terminals: columns aligned with spaces, two between them, nothing at the ends of lines.
///
/// Long titles are set on several lines, so that columns are about as wide as their figures.
struct TextTable {
    private static let titleWidth = 10

    private let header: [[String]]
    private let textColumnCount: Int
    private var rows: [[String]] = []

    /// - Parameter textColumnCount: How many columns, from the left, are aligned left; the rest hold figures.
    init(header: [String], textColumnCount: Int) {
        self.header = header.map(Self.wrapped)
        self.textColumnCount = textColumnCount
    }

    mutating func append(_ row: [String]) {
        precondition(row.count == header.count, "row of \(row.count) cells under a header of \(header.count)")
        rows.append(row.map(PlainText.singleLine))
    }

    /// The lines, each behind the indent.
    func lines(indent: Int = 2) -> [String] {
        let height = header.map(\.count).max() ?? 0
        // Titles end on the same line, right above their figures.
        let titles = (0..<height).map { line in
            header.map { line < height - $0.count ? "" : $0[line - (height - $0.count)] }
        }
        let all = titles + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = row.enumerated().map { column, cell in
                column < textColumnCount ? cell.rightPadded(to: widths[column]) : cell.leftPadded(to: widths[column])
            }
            return (String(repeating: " ", count: indent) + cells.joined(separator: "  ")).withoutTrailingSpaces
        }
    }

    /// The words of a title on lines of at most the width, where words allow it.
    private static func wrapped(_ title: String) -> [String] {
        var lines: [String] = []
        for word in PlainText.singleLine(title).split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= titleWidth {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.isEmpty ? [""] : lines
    }
}
