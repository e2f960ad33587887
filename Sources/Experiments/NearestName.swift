// Which known name someone meant. The distance counts insertions, deletions, substitutions and swaps of neighbours
// (optimal string alignment: Damerau 1964, doi:10.1145/363958.363994), so that 'trails' is one step from 'trials'.

enum NearestName {
    /// The known name with the smallest distance to the text, if that is at most a third of its length (at least 1);
    /// the earlier one where two are equally near. A number is near to none: it was hardly misspelt.
    ///
    /// - Complexity: O(names × length²), the text cut at 64 characters.
    static func of(_ text: String, among names: [String]) -> String? {
        guard text.contains(where: \.isLetter) else { return nil }
        let found = Array(text.lowercased().prefix(64))
        var best: (name: String, distance: Int)?
        for name in names {
            let distance = distance(found, Array(name.lowercased()))
            if distance <= max(1, name.count / 3), distance < best?.distance ?? .max { best = (name, distance) }
        }
        return best?.name
    }

    /// The end of an error sentence: the nearest name, and all that is allowed.
    static func advice(for text: String, among names: [String]) -> String {
        let nearest = of(text, among: names).map { "; did you mean '\($0)'?" } ?? ";"
        return "\(nearest) allowed: \(names.joined(separator: ", "))"
    }

    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1] + [Int](repeating: 0, count: right.count)
            for column in right.indices {
                let substitution = last[column] + (left[row] == right[column] ? 0 : 1)
                current[column + 1] = min(substitution, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    current[column + 1] = min(current[column + 1], beforeLast[column - 1] + 1)
                }
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
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
