// One word of a command: text with places for values. No shell reads it, so a value is never split, expanded or
// unquoted: whatever a parameter holds is part of one argument.

/// One word of a command, as in `--rate={rate}`: `{name}` stands for a value, `{{` and `}}` for the brackets themselves.
struct WordTemplate: Equatable {
    enum Piece: Equatable {
        case text(String)
        case placeholder(String)
    }

    var pieces: [Piece]

    /// The names of the placeholders, in their order.
    var names: [String] {
        pieces.compactMap { if case .placeholder(let name) = $0 { name } else { nil } }
    }

    init(pieces: [Piece]) { self.pieces = pieces }

    /// - Throws: ``Complaint`` of the first bracket that is out of place.
    init(_ word: String) throws(Complaint) {
        pieces = []
        var text = ""
        var rest = Substring(word)
        while let character = rest.first {
            rest = rest.dropFirst()
            if (character == "{" || character == "}") && rest.first == character {
                text.append(character)
                rest = rest.dropFirst()
            } else if character == "{" {
                guard let end = rest.firstIndex(of: "}") else {
                    throw Complaint(sentence: "has an unclosed '{'; write '{{' for the bracket itself")
                }
                let name = String(rest[..<end])
                guard !name.isEmpty else {
                    throw Complaint(sentence: "has '{}', which names nothing; write '{{}}' for the brackets themselves")
                }
                if !text.isEmpty { pieces.append(.text(text)) }
                text = ""
                pieces.append(.placeholder(name))
                rest = rest[rest.index(after: end)...]
            } else if character == "}" {
                throw Complaint(sentence: "has a '}' without its '{'; write '}}' for the bracket itself")
            } else {
                text.append(character)
            }
        }
        if !text.isEmpty || pieces.isEmpty { pieces.append(.text(text)) }
    }

    /// What is wrong with a word, as the end of a sentence that begins with it.
    struct Complaint: Error, Equatable { var sentence: String }
}
