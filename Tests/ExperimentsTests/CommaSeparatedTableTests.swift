import Testing

@testable import Experiments

@Suite("CSV tables")
struct CommaSeparatedTableTests {
    @Test("quotes hold commas, quotes and line breaks, and every field knows its place")
    func reads() throws {
        let table = try CommaSeparatedTable(text: "a,b\n\"1,\"\"x\"\"\ny\",2\r\n\n,3", file: "t.csv")
        #expect(table.header.map(\.text) == ["a", "b"])
        #expect(table.rows.map { $0.map(\.text) } == [["1,\"x\"\ny", "2"], ["", "3"]])
        #expect(table.rows[0][1].position == SourcePosition(line: 3, column: 4))
        #expect(table.rows[1][1].position == SourcePosition(line: 5, column: 2))
    }

    @Test(
        "a quote out of place is refused",
        arguments: [
            ("a\nx\"y\n", SourcePosition(line: 2, column: 1)), ("a\n\"x\"y\n", SourcePosition(line: 2, column: 1)),
            ("a,b\n1,\"x", SourcePosition(line: 2, column: 3)),
        ])
    func refuses(text: String, position: SourcePosition) {
        let error = #expect(throws: DeclarationError.self) { try CommaSeparatedTable(text: text, file: "t.csv") }
        #expect(error?.position == position)
    }
}
