import Testing

@testable import Reporting

@Suite("tables for terminals")
struct TextTableTests {
    @Test("text stands left, figures right, and long titles on several lines above them")
    func aligned() {
        var table = TextTable(header: ["stage", "standard deviation (ms)", "p50"], textColumnCount: 1)
        table.append(["persist", "0.084", "50.09"])
        table.append(["a", "221.7", "—"])
        #expect(
            table.lines() == [
                "            standard", "           deviation", "  stage         (ms)    p50",
                "  persist      0.084  50.09", "  a            221.7      —",
            ])
    }

    @Test("a name cannot break a line or move the cursor")
    func hostile() {
        var table = TextTable(header: ["a\nb"], textColumnCount: 1)
        table.append(["x\n\u{1B}[2J"])
        #expect(table.lines(indent: 0) == ["a b", "x \u{FFFD}[2J"])
    }

    @Test("what the room does not hold follows below, behind the same texts")
    func folded() {
        var table = TextTable(header: ["stage", "one", "two", "three"], textColumnCount: 1)
        table.append(["persist", "1", "22", "333"])
        #expect(
            table.lines(columns: 20) == [
                "  stage    one  two", "  persist    1   22", "", "  stage    three", "  persist    333",
            ])
        #expect(table.lines(columns: 26) == table.lines())
        #expect(table.lines(columns: 1).count == 8, "at least one figure a table")
    }
}
