// YAML text to nodes with places, by Yams. Three things that YAML allows are refused before they can do harm:
//
// - Anchors and aliases: a page of them unfolds to billions of nodes, and Yams already walks them while it looks for
//   duplicate keys. So a text that may hold both is first composed with every `*` that could begin an alias replaced
//   by a letter: the structure stays, nothing unfolds, and an anchor shows at its place. Where none shows, a real
//   alias can only be an undefined one, which the second composing reports.
// - Tags: a declaration has no types to choose.
// - Deep nesting: nothing in a declaration is deeper than five levels.

import Yams

enum YAMLDocument {
    static let depthMaximum = 8
    /// Ten times what the largest cross product allowed needs.
    static let nodeMaximum = 10_000

    /// The one document of the text.
    static func root(of text: String, file: String) throws(DeclarationError) -> SourceNode {
        func fail(_ message: String, at position: SourcePosition) -> DeclarationError {
            DeclarationError(file: file, position: position, message: message)
        }
        do {
            if let neutralised = withoutAliases(text) { _ = try compose(neutralised) }
            return try compose(text)
        } catch let refusal as Refusal {
            throw fail(refusal.message, at: refusal.position)
        } catch let error as YamlError {
            let (message, position) = explain(error, text: text)
            throw fail(message, at: position)
        } catch {
            throw fail("not YAML: \(error)", at: .start)
        }
    }

    private static let empty = "the file is empty; a declaration begins with 'question:'"

    private static let tooDeep = "nested deeper than \(depthMaximum) levels"

    private struct Refusal: Error {
        var message: String
        var position: SourcePosition
    }

    private static func compose(_ text: String) throws -> SourceNode {
        let parser = try Yams.Parser(yaml: text, resolver: .basic, encoding: .utf8)
        guard let node = try parser.singleRoot() else { throw Refusal(message: empty, position: .start) }
        // Nodes hold their anchors weakly: they are there only as long as the parser is.
        var count = 0
        return try withExtendedLifetime(parser) { try convert(node, depth: 0, count: &count) }
    }

    /// The text with every `*` that could begin an alias replaced; nil if no `&` could begin an anchor, since an alias
    /// without an anchor unfolds to nothing.
    private static func withoutAliases(_ text: String) -> String? {
        var mayAnchor = false
        var mayAlias = false
        var replaced = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            let mayBegin = " \t\r\n[{,:\u{85}\u{2028}\u{2029}".unicodeScalars.contains(previous)
            mayAnchor = mayAnchor || (mayBegin && scalar == "&")
            mayAlias = mayAlias || (mayBegin && scalar == "*")
            replaced.append(mayBegin && scalar == "*" ? "_" : scalar)
            previous = scalar
        }
        return mayAnchor && mayAlias ? String(replaced) : nil
    }

    private static func convert(_ node: Node, depth: Int, count: inout Int) throws(Refusal) -> SourceNode {
        let position = position(node.mark)
        guard depth < depthMaximum else {
            throw Refusal(message: tooDeep, position: position)
        }
        count += 1
        guard count <= nodeMaximum else {
            throw Refusal(
                message: "more than \(nodeMaximum) keys and values, the most that is read", position: position)
        }
        if let anchor = node.anchor {
            throw Refusal(
                message: "the anchor \("&\(anchor.rawValue)".quoted); anchors and aliases are not read: "
                    + "write the value out", position: position)
        }
        switch node {
        case .alias:
            throw Refusal(
                message: "an alias; anchors and aliases are not read: write the value out", position: position)
        case .scalar(let scalar):
            try refuse(tag: scalar.tag, at: position)
            let isPlain = scalar.style == .plain && scalar.tag.rawValue != Tag.Name.str.rawValue
            return SourceNode(position: position, content: .scalar(scalar.string, isPlain: isPlain))
        case .sequence(let sequence):
            try refuse(tag: sequence.tag, at: position)
            var elements: [SourceNode] = []
            for element in sequence { elements.append(try convert(element, depth: depth + 1, count: &count)) }
            return SourceNode(position: position, content: .sequence(elements))
        case .mapping(let mapping):
            try refuse(tag: mapping.tag, at: position)
            var entries: [SourceNode.Entry] = []
            for (key, value) in mapping {
                entries.append(
                    .init(
                        key: try convert(key, depth: depth + 1, count: &count),
                        value: try convert(value, depth: depth + 1, count: &count)))
            }
            return SourceNode(position: position, content: .mapping(entries))
        }
    }

    private static func refuse(tag: Tag, at position: SourcePosition) throws(Refusal) {
        let harmless: [Tag.Name] = [.implicit, .nonSpecific, .str, .seq, .map]
        guard harmless.contains(where: { $0.rawValue == tag.rawValue }) else {
            throw Refusal(
                message: "the tag \(tag.rawValue.quoted); tags are not read: leave it out", position: position)
        }
    }

    private static func position(_ mark: Mark?) -> SourcePosition {
        mark.map { SourcePosition(line: $0.line, column: $0.column) } ?? .start
    }

    /// What the parser complained of, in this project's words where it is a common slip.
    private static func explain(_ error: YamlError, text: String) -> (String, SourcePosition) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            if scalar(at: mark, in: text) == "\t" {
                return ("a tab; YAML is indented with spaces only", position(mark))
            }
            if problem.contains("nesting level") { return (tooDeep, position(mark)) }
            let place = context.map { " (\($0.text), from line \($0.mark.line))" } ?? ""
            return ("not YAML: \(problem)\(place)", position(mark))
        case .composer(_, let problem, let mark, _) where problem.contains("another document"):
            return ("a second document; a file declares one experiment", position(mark))
        case .composer(_, let problem, let mark, _) where problem.contains("alias"):
            return ("an alias; anchors and aliases are not read: write the value out", position(mark))
        case .composer(_, let problem, let mark, _):
            return ("not YAML: \(problem)", position(mark))
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map(\.quoted).joined(separator: ", ")
            return ("the key \(names) stands here and again further down; keep one", position(context.mark))
        case .reader(let problem, let offset, _, _):
            return ("not YAML: \(problem)", offset.map { place(ofCharacter: $0, in: text) } ?? .start)
        case .memory:
            return (tooDeep, .start)
        case .no, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return ("not YAML: \(error)", .start)
        }
    }

    private static func scalar(at mark: Mark, in text: String) -> Unicode.Scalar? {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.indices.contains(mark.line - 1) else { return nil }
        return lines[mark.line - 1].dropFirst(mark.column - 1).first
    }

    private static func place(ofCharacter offset: Int, in text: String) -> SourcePosition {
        let before = text.prefix(offset).unicodeScalars
        let line = before.split(separator: "\n", omittingEmptySubsequences: false)
        return SourcePosition(line: line.count, column: (line.last?.count ?? 0) + 1)
    }
}
