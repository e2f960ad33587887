import Foundation

/// Values as JSON for others' tools.
enum JSONText {
    /// The value with its keys in ascending order, so that the same value is the same bytes; ends in a line break.
    ///
    /// - Parameter value: Without numbers that are not finite, which JSON does not have.
    static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
        } catch {
            // Only a number that is not finite cannot be encoded, and the callers leave those out.
            preconditionFailure("\(type(of: value)) cannot be written as JSON: \(error)")
        }
    }
}

/// Names that are made fit for a format, each of them only once.
struct UniqueNames {
    private let longest: Int
    private var taken: Set<String> = []

    /// - Parameter longest: The most characters that the format allows, at least 8.
    init(longest: Int) { self.longest = longest }

    /// The text on one line and cut, numbered where it would be the same as one before.
    mutating func name(for text: String) -> String {
        let line = PlainText.singleLine(text, atMost: longest)
        var name = line.isEmpty ? "unnamed" : line
        var number = 2
        while !taken.insert(name).inserted {
            let suffix = " (\(number))"
            name = PlainText.singleLine(line, atMost: longest - suffix.count) + suffix
            number += 1
        }
        return name
    }
}
