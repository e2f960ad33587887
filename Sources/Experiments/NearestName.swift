import Quantities

/// What an error says of a name that is not known.
enum NearestName {
    /// The end of an error sentence: the nearest name, and all that is allowed.
    static func advice(for text: String, among names: [String]) -> String {
        let nearest = nearestName(to: text, among: names).map { "; did you mean '\($0)'?" } ?? ";"
        return "\(nearest) allowed: \(names.joined(separator: ", "))"
    }
}

extension String {
    /// The text in single quotes for an error: on one line, cut at 60 characters, control characters as `\u{…}`.
    var quoted: String {
        var shown = ""
        for scalar in unicodeScalars.prefix(60) {
            let isControl = scalar.properties.generalCategory == .control
            shown += isControl ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }
        return "'\(shown)\(unicodeScalars.count > 60 ? "…" : "")'"
    }

    /// Whether the text is words of small letters and digits joined by single hyphens, starting with a letter.
    var isKebabCase: Bool {
        let words = split(separator: "-", omittingEmptySubsequences: false)
        return first.map { ("a"..."z").contains($0) } == true
            && words.allSatisfy { word in
                !word.isEmpty && word.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) }
            }
    }
}
