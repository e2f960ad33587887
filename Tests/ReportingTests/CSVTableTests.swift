import TestSupport
import Testing

@testable import Reporting

@Suite("CSV")
struct CSVTableTests {
    @Test(
        "numbers are the shortest text that reads back to the same double",
        arguments: [
            (50_110_000, "50110000"), (0.1, "0.1"), (1.0 / 3, "0.3333333333333333"), (-0.5, "-0.5"), (0, "0"),
            (1e300, "1e+300"), (9_007_199_254_740_992, "9007199254740992.0"),
        ] as [(Double, String)])
    func numbers(value: Double, expected: String) {
        #expect(CSVTable.number(value) == expected)
        #expect(Double(expected) == value)
    }

    @Test("what is absent or no number is empty", arguments: [nil, Double.nan, .infinity, -.infinity])
    func absent(value: Double?) {
        #expect(CSVTable.number(value) == "")
    }

    @Test("fields are quoted where RFC 4180 asks for it")
    func quoting() {
        var table = CSVTable(header: ["a", "b"])
        table.append(["x,y", "say \"hi\"\n"])
        table.append(["", "plain"])
        #expect(table.text == "a,b\n\"x,y\",\"say \"\"hi\"\"\n\"\n,plain\n")
    }

    @Test(
        "an independent reader gets the fields back",
        .enabled(if: Python.path != nil, Comment(rawValue: Python.whyNeeded)),
        arguments: ["a,b", "\"", "a\nb", "a\r\nb", "<script>", "|", "é\u{1F9EA}", ""])
    func roundTrip(field: String) throws {
        var table = CSVTable(header: ["first", "second", "third"])
        table.append(["1", field, "3"])
        let script = """
            import csv, io, sys
            text = sys.stdin.buffer.read().decode('utf-8')
            rows = list(csv.reader(io.StringIO(text, newline='')))
            assert len(rows) == 2 and len(rows[1]) == 3, rows
            sys.stdout.buffer.write(rows[1][1].encode('utf-8'))
            """
        #expect(try Python.run(script, input: Array(table.text.utf8)) == field)
    }
}
