import Testing

@testable import Reporting

@Suite("Markdown")
struct MarkdownTests {
    @Test(
        "what GitHub would take for markup is escaped",
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"), ("a|b", "a\\|b"),
            ("*a*", "\\*a\\*"),
            ("`a`", "\\`a\\`"), ("a & b", "a &amp; b"), ("[a](http://b)", "[a\\](http://b)"),
            ("![a](b)", "\\![a\\](b)"),
            ("[^1]: note", "[^1\\]: note"), ("$x$", "\\$x\\$"), ("~~a~~", "\\~\\~a\\~\\~"), ("_a_", "\\_a\\_"),
            ("# a", "\\# a"), ("- a", "\\- a"), ("---", "\\---"), ("1. a", "1\\. a"), ("12) a", "12\\) a"),
            ("a\n\n# b", "a  # b"), ("a|\u{301}<\u{301}", "a\\|\u{301}&lt;\u{301}"), ("back\\slash", "back\\\\slash"),
        ])
    func escapes(text: String, expected: String) {
        #expect(Markdown.escaped(text) == expected)
    }

    @Test(
        "ordinary figures and names stay as they are",
        arguments: ["50.11 [50.09, 50.13]", "persist_start", "1.5 ms", "-5 %", "50 ms + normal(10 ms)", "a - b", "#2"])
    func keeps(text: String) {
        #expect(Markdown.escaped(text) == text)
    }

    @Test("interpolated strings are escaped, Markdown is not")
    func interpolation() {
        let bold: Markdown = "**\("a*b")**"
        #expect(bold.source == "**a\\*b**")
        #expect(("\(bold) \(3) \(verbatim: "*x*") \(html: "<\"")" as Markdown).source == "**a\\*b** 3 *x* &lt;&quot;")
    }

    @Test(
        "a code span cannot be closed from inside, nor a table cell",
        arguments: [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("a|b", "`a\\|b`"), ("", "`  `")])
    func code(text: String, expected: String) {
        #expect(Markdown.code(text) == expected)
    }

    @Test("a fence is longer than any run of backticks in it")
    func fence() {
        #expect(Markdown.fenced(["a", "```"]).source == "````text\na\n```\n````")
    }

    @Test("a table has a rule under its header")
    func table() {
        var table = MarkdownTable([("name", .left), ("value", .right)])
        table.append(["\("a|b")", "1"])
        #expect(table.markdown.source == "| name | value |\n| --- | ---: |\n| a\\|b | 1 |")
    }
}
