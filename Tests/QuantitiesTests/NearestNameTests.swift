import Quantities
import Testing

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

    @Test("a very long text is near to nothing")
    func longText() {
        #expect(nearestName(to: String(repeating: "u", count: 65), among: ["uniform"]) == nil)
    }
}
