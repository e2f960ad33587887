/// A table for terminals: columns aligned with spaces, two between them, nothing at the ends of lines.
///
/// Long titles are set on several lines, so that columns are about as wide as their figures. Where the room does not hold all of
/// them, those on the right follow in a further table below, behind the same texts.
struct TextTable {
    private let header: [[String]]
    private let textColumnCount: Int
    private var rows: [[String]] = []

    /// - Parameters:
    ///   - textColumnCount: How many columns, from the left, are aligned left; the rest hold figures.
    ///   - titleWidth: What titles are broken to, where their words allow it.
    init(header: [String], textColumnCount: Int, titleWidth: Int = 10) {
        self.header = header.map { PlainText.wrapped($0, columns: titleWidth) }
        self.textColumnCount = textColumnCount
    }

    mutating func append(_ row: [String]) {
        precondition(row.count == header.count, "row of \(row.count) cells under a header of \(header.count)")
        rows.append(row.map(PlainText.singleLine))
    }

    /// The lines, each behind the indent.
    ///
    /// - Parameter columns: What they are to fit into; nil for as many as they take.
    func lines(indent: Int = 2, columns: Int? = nil) -> [String] {
        let widths = header.indices.map { column in
            (header[column] + rows.map { $0[column] }).map(\.count).max() ?? 0
        }
        let parts = parts(of: widths, indent: indent, columns: columns)
        return Array(parts.map { lines(of: $0, widths, indent: indent) }.joined(separator: [""]))
    }

    /// The columns of each table that this one is set as.
    private func parts(of widths: [Int], indent: Int, columns: Int?) -> [[Int]] {
        let texts = Array(header.indices.prefix(textColumnCount))
        guard let columns else { return [Array(header.indices)] }
        let textWidth = indent + texts.reduce(0) { $0 + widths[$1] + 2 }
        var parts = [texts]
        var width = textWidth
        for column in header.indices.dropFirst(textColumnCount) {
            if width + widths[column] > columns, parts[parts.count - 1].count > texts.count {
                parts.append(texts)
                width = textWidth
            }
            parts[parts.count - 1].append(column)
            width += widths[column] + 2
        }
        return parts
    }

    private func lines(of part: [Int], _ widths: [Int], indent: Int) -> [String] {
        let height = part.map { header[$0].count }.max() ?? 0
        // Titles end on the same line, right above their figures.
        let titles = (0..<height).map { line in
            header.map { line < height - $0.count ? "" : $0[line - (height - $0.count)] }
        }
        return (titles + rows).map { row in
            let cells = part.map { column in
                column < textColumnCount
                    ? row[column].rightPadded(to: widths[column]) : row[column].leftPadded(to: widths[column])
            }
            return (String(repeating: " ", count: indent) + cells.joined(separator: "  ")).withoutTrailingSpaces
        }
    }
}
