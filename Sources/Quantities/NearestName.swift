/// The name that was most likely meant: the one with the fewest single-letter edits, if they are no more than a third
/// of its letters (at least one); nil if none is that near. Capitals do not count.
///
/// Levenshtein 1966; on a tie the earlier name wins.
///
/// - Complexity: O(letters of the text × letters of all names); texts over 64 letters are near to nothing.
public func nearestName(to text: String, among names: [String]) -> String? {
    guard text.count <= 64 else { return nil }
    let written = Array(text.lowercased())
    var best: (name: String, distance: Int)?
    for name in names {
        let distance = editDistance(written, Array(name.lowercased()))
        guard distance <= max(1, name.count / 3) else { continue }
        if distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, other) in b.enumerated() {
            let substituted = diagonal + (letter == other ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
        }
    }
    return row[b.count]
}
