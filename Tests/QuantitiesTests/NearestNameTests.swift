import Testing

@testable import Quantities

@Suite("NearestName")
struct NearestNameTests {
    @Test(
        "the name with the fewest edits wins, if it is near at all",
        arguments: [
            ("unifrm", "uniform"), ("Uniform", "uniform"), ("norml", "normal"), ("nomral", "normal"),
            ("exponentail", "exponential"), ("gaussian", nil), ("", nil),
        ] as [(String, String?)])
    func nearest(text: String, name: String?) {
        #expect(nearestName(to: text, among: ["uniform", "normal", "exponential"]) == name)
    }

    @Test(
        "the distance counts insertions, deletions, substitutions and swaps of neighbours",
        arguments: [
            ("", "", 0), ("trials", "trials", 0), ("trails", "trials", 1), ("trial", "trials", 1),
            ("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("ca", "abc", 3),
        ])
    func measures(left: String, right: String, distance: Int) {
        #expect(editDistance(Array(left), Array(right)) == distance)
        #expect(editDistance(Array(right), Array(left)) == distance)
    }

    @Test("a number is near to no name")
    func number() {
        #expect(nearestName(to: "3", among: ["3a"]) == nil)
    }

    @Test("a very long text is near to nothing")
    func longText() {
        #expect(nearestName(to: String(repeating: "u", count: 65), among: ["uniform"]) == nil)
    }
}
