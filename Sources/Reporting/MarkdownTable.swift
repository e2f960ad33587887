/// A GitHub table. Every row has as many cells as the header.
struct MarkdownTable {
    enum Alignment { case left, right }

    private let header: [Markdown]
    private let alignments: [Alignment]
    private var rows: [[Markdown]] = []

    /// - Parameter columns: The header's cells with the alignment of what stands below them.
    init(_ columns: [(title: Markdown, alignment: Alignment)]) {
        header = columns.map(\.title)
        alignments = columns.map(\.alignment)
    }

    mutating func append(_ row: [Markdown]) {
        precondition(row.count == header.count, "row of \(row.count) cells under a header of \(header.count)")
        rows.append(row)
    }

    var isEmpty: Bool { rows.isEmpty }

    var markdown: Markdown {
        let rule = alignments.map { Markdown(verbatim: $0 == .left ? "---" : "---:") }
        return Markdown(verbatim: ([header, rule] + rows).map(Self.line).joined(separator: "\n"))
    }

    private static func line(_ cells: [Markdown]) -> String {
        "| " + cells.map(\.source).joined(separator: " | ") + " |"
    }
}
