// A YAML document as the reader sees it: text, lists and mappings, each with its place. Types are not guessed: `no`,
// `010` and `1e3` stay the text that was written, and whoever reads a key decides what it means.

/// One node of a YAML document.
struct SourceNode: Equatable {
    var position: SourcePosition
    var content: Content

    enum Content: Equatable {
        /// - Parameter isPlain: Whether it was written without quotes; a quoted `'3'` is text, never a count.
        case scalar(String, isPlain: Bool)
        case sequence([SourceNode])
        case mapping([Entry])
    }

    struct Entry: Equatable {
        var key: SourceNode
        var value: SourceNode
    }

    /// Whether it is this text, quoted or not.
    func isText(_ text: String) -> Bool {
        if case .scalar(text, _) = content { true } else { false }
    }

    /// The value under a key of a mapping; nil where it is none, or has no such key.
    func value(under key: String) -> SourceNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key.isText(key) }?.value
    }

    /// What the node is, as an error says it.
    var kindText: String {
        switch content {
        case .scalar("", isPlain: true): "nothing"
        case .scalar(let text, _): text.quoted
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
