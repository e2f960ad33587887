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
}
