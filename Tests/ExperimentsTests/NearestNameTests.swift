import Testing

@testable import Experiments

@Suite("The name that was meant")
struct NearestNameTests {
    @Test(
        "the distance counts insertions, deletions, substitutions and swaps of neighbours",
        arguments: [
            ("", "", 0), ("trials", "trials", 0), ("trails", "trials", 1), ("trial", "trials", 1),
            ("kitten", "sitting", 3),
            ("", "abc", 3), ("abc", "", 3), ("ca", "abc", 3),
        ])
    func measures(left: String, right: String, distance: Int) {
        #expect(NearestName.distance(Array(left), Array(right)) == distance)
        #expect(NearestName.distance(Array(right), Array(left)) == distance)
    }

    @Test(
        "a name is suggested only if it is near",
        arguments: [
            ("trails", "trials"), ("TRIALS", "trials"), ("mesure", "measure"), ("zebra", nil), ("", nil), ("3", nil),
        ] as [(String, String?)])
    func suggests(text: String, name: String?) {
        #expect(NearestName.of(text, among: ["trials", "measure", "3a"]) == name)
    }

    @Test("a text of any length costs no more than its first 64 characters")
    func isBounded() {
        #expect(NearestName.of(String(repeating: "t", count: 1_000_000), among: ["trials"]) == nil)
    }

    @Test("a quoted text stays on one line and is cut")
    func quotes() {
        #expect("a\nb\u{7}".quoted == "'a\\u{a}b\\u{7}'")
        #expect(String(repeating: "x", count: 61).quoted == "'" + String(repeating: "x", count: 60) + "…'")
    }
}
