import Testing

@testable import Experiments

@Suite("A word of a command")
struct WordTemplateTests {
    @Test(
        "placeholders stand in brackets, and doubled brackets for themselves",
        arguments: [
            ("--rate", [.text("--rate")]), ("", [.text("")]), ("{rate}", [.placeholder("rate")]),
            ("--rate={rate}/s", [.text("--rate="), .placeholder("rate"), .text("/s")]),
            ("{a}{b}", [.placeholder("a"), .placeholder("b")]), ("{{x}}", [.text("{x}")]),
            ("{{{x}}}", [.text("{"), .placeholder("x"), .text("}")]), ("a b $HOME 'c'", [.text("a b $HOME 'c'")]),
        ] as [(String, [WordTemplate.Piece])])
    func reads(word: String, pieces: [WordTemplate.Piece]) throws {
        #expect(try WordTemplate(word).pieces == pieces)
    }

    @Test(
        "a bracket out of place is refused",
        arguments: [
            ("{rate", "has an unclosed '{'; write '{{' for the bracket itself"),
            ("rate}", "has a '}' without its '{'; write '}}' for the bracket itself"),
            ("{}", "has '{}', which names nothing; write '{{}}' for the brackets themselves"),
        ])
    func refuses(word: String, sentence: String) {
        #expect(throws: WordTemplate.Complaint(sentence: sentence)) { try WordTemplate(word) }
    }
}
