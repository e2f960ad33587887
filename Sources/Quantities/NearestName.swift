// Which known name someone meant. The distance counts insertions, deletions, substitutions and swaps of neighbours
// (optimal string alignment: Damerau 1964, doi:10.1145/363958.363994), so that 'trails' is one step from 'trials'.

/// The known name with the smallest distance to the text, if that is at most a third of its length (at least 1); the
/// earlier one where two are equally near. Capitals do not count. A text without letters is near to none: it was hardly
/// misspelt; nor is one of more than 64 letters.
///
/// - Complexity: O(names × length²).
public func nearestName(to text: String, among names: [String]) -> String? {
    guard text.count <= 64, text.contains(where: \.isLetter) else { return nil }
    let found = Array(text.lowercased())
    var best: (name: String, distance: Int)?
    for name in names {
        let distance = editDistance(found, Array(name.lowercased()))
        if distance <= max(1, name.count / 3), distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
}

func editDistance(_ left: [Character], _ right: [Character]) -> Int {
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
