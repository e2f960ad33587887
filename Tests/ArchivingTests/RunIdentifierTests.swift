import Testing

@testable import Archiving

@Suite("The name of a run")
struct RunIdentifierTests {
    @Test(
        "tells the second in UTC, the profile and the seed",
        arguments: [
            (0, "1970-01-01T00-00-00Z-full-seed-42"),
            (951_827_696, "2000-02-29T12-34-56Z-full-seed-42"),
            (4_102_444_799, "2099-12-31T23-59-59Z-full-seed-42"),
        ])
    func text(seconds: Int, text: String) {
        #expect(RunIdentifier(secondsSinceEpoch: seconds, profile: "full", seed: 42).text == text)
    }

    @Test("sorts by time, and numbers a second run of the same second after the first")
    func order() {
        let early = RunIdentifier(secondsSinceEpoch: 9, profile: "short", seed: 42)
        let late = RunIdentifier(secondsSinceEpoch: 10, profile: "full", seed: 1)
        #expect(early < late)
        #expect(early < early.numbered(2))
        #expect(early.numbered(2) < late)
    }

    @Test("is known from other names by its form")
    func form() {
        let identifier = RunIdentifier(secondsSinceEpoch: 9, profile: "a-seed-b", seed: .max)
        #expect(RunIdentifier(name: identifier.text) == identifier)
        #expect(RunIdentifier(name: identifier.numbered(12).text) == identifier.numbered(12))
        for name in ["", "zzz", "zzz-\(identifier)", "\(identifier)-copy", "\(identifier) (1)", "\(identifier)\n"] {
            #expect(RunIdentifier(name: name) == nil, "\(name)")
        }
    }
}
