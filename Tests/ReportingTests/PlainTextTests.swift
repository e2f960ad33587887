import Testing

@testable import Reporting

@Suite("text on one line")
struct PlainTextTests {
    @Test(
        "line breaks become one space each and control characters become visible",
        arguments: [
            ("a\nb", "a b"), ("a\r\nb", "a b"), ("a\tb", "a b"), ("a\u{1B}[31mb", "a\u{FFFD}[31mb"),
            ("a\u{202E}b", "a\u{FFFD}b"), ("a\u{2028}b", "a b"), ("µ × é 🧪", "µ × é 🧪"), ("", ""),
        ])
    func singleLine(text: String, expected: String) {
        #expect(PlainText.singleLine(text) == expected)
    }

    @Test("a long text is cut and says so", arguments: [(5, "abcd…"), (6, "abcdef"), (1, "…"), (9, "abcdef")])
    func cut(length: Int, expected: String) {
        #expect(PlainText.singleLine("abcdef", atMost: length) == expected)
    }

    @Test(
        "more than zero has a plus, and what is printed as zero no sign",
        arguments: [("1.5", "+1.5"), ("0.0", "0.0"), ("0", "0"), ("-0.3", "-0.3"), ("0.04", "+0.04"), ("—", "—")])
    func plus(number: String, expected: String) {
        #expect(number.withPlus == expected)
    }

    @Test("markup is escaped")
    func markup() {
        #expect(PlainText.markupEscaped("<a b=\"c\">'&'\n") == "&lt;a b=&quot;c&quot;&gt;&#39;&amp;&#39; ")
        // A combining accent makes one character of itself and the bracket.
        #expect(Array(PlainText.markupEscaped("<\u{301}b").utf8) == Array("&lt;\u{301}b".utf8))
    }

    @Test(
        "a file's name holds letters, digits and hyphens alone",
        arguments: [
            ("persist.p50", "persist-p50"), ("../../etc/passwd", "etc-passwd"), ("Write Delay", "write-delay"),
            ("日本", "unnamed"), ("", "unnamed"), ("a\0b", "a-b"),
            (String(repeating: "x", count: 60), String(repeating: "x", count: 40)),
        ])
    func fileName(text: String, expected: String) {
        #expect(PlainText.fileName(text) == expected)
    }

    @Test(
        "a length of time is exact, in one unit, with a space before it",
        arguments: [
            (33_500_000_000, "33.5 s"), (8_000_000_000, "8 s"), (500_000_000, "500 ms"), (1_500, "1.5 µs"), (0, "0 s"),
            (7, "7 ns"), (10_000_000_001, "10.000000001 s"),
        ] as [(Int64, String)])
    func length(nanoseconds: Int64, expected: String) {
        #expect(PlainText.length(nanoseconds: nanoseconds) == expected)
    }

    @Test("a number agrees with its noun")
    func counted() {
        #expect(0.counted("trial") == "0 trials")
        #expect(1.counted("trial") == "1 trial")
        #expect(2.counted("hypothesis", "hypotheses") == "2 hypotheses")
    }

    @Test("words are wrapped behind their indents, and one that is too long has a line of its own")
    func wrapped() {
        #expect(
            PlainText.wrapped("a bb ccc incomprehensible d", columns: 8, indent: "- ", further: "  ")
                == ["- a bb", "  ccc", "  incomprehensible", "  d"])
        #expect(PlainText.wrapped("a bb ccc", columns: nil, indent: "  ") == ["  a bb ccc"])
        #expect(PlainText.wrapped("", columns: 8) == [""])
    }
}
