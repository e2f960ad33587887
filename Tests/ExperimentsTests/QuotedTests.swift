import Testing

@testable import Experiments

@Suite("A text quoted in an error")
struct QuotedTests {
    @Test("it stays on one line and is cut")
    func quotes() {
        #expect("a\nb\u{7}".quoted == "'a\\u{a}b\\u{7}'")
        #expect(String(repeating: "x", count: 61).quoted == "'" + String(repeating: "x", count: 60) + "…'")
    }
}
