// GitHub Markdown in which whatever is interpolated is escaped: forgetting to escape is not possible, only asking for
// raw text by name is. Literals are Markdown; interpolated strings are text.

/// A piece of GitHub Markdown.
struct Markdown: Sendable, Equatable, ExpressibleByStringInterpolation {
    let source: String

    init(stringLiteral value: String) { source = value }

    init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

    /// Takes the text as Markdown, without escaping: for figures and for what this module has escaped itself.
    init(verbatim source: String) { self.source = source }

    /// Takes the text as text.
    init(escaping text: String) { source = Self.escaped(text) }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(literalCapacity) }

        mutating func appendLiteral(_ literal: String) { source += literal }

        mutating func appendInterpolation(_ text: String) { source += Markdown.escaped(text) }

        mutating func appendInterpolation(_ number: Int) { source += String(number) }

        mutating func appendInterpolation(_ markdown: Markdown) { source += markdown.source }

        mutating func appendInterpolation(verbatim: String) { source += verbatim }

        /// A link from a report, two folders below the repository's, to a page below `docs`, with its anchor where it has one.
        mutating func appendInterpolation(link text: String, to page: String) {
            source += "[\(Markdown.escaped(text))](../../docs/\(page))"
        }

        /// The text as HTML content, for use inside tags such as `<summary>`.
        mutating func appendInterpolation(html text: String) { source += PlainText.markupEscaped(text) }

        /// The text as a code span.
        mutating func appendInterpolation(code text: String) { source += Markdown.code(text) }
    }

    /// The text with everything escaped that GitHub would take for markup, on one line.
    ///
    /// Square brackets stay as they are, since intervals are written with them, except where they would close a link.
    static func escaped(_ text: String) -> String {
        // Scalars, not characters: a mark that joins a bracket or pipe makes one character of both.
        let characters = PlainText.singleLine(text).unicodeScalars.map(Character.init)
        var result = ""
        for (index, character) in characters.enumerated() {
            let previous = index > 0 ? characters[index - 1] : " "
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\\", "`", "*", "|", "~", "$": result += "\\\(character)"
            case "!" where next == "[": result += "\\!"
            case "_" where !(previous.isWord && next.isWord): result += "\\_"
            case "]" where next == "(" || next == "[" || next == ":": result += "\\]"
            case "#", "+", "-", "=":
                result += opensBlock(at: index, next: next, character) ? "\\\(character)" : "\(character)"
            case ".", ")":
                let isListMark = index > 0 && next == " " && characters[..<index].allSatisfy(\.isNumber)
                result += isListMark ? "\\\(character)" : "\(character)"
            default: result.append(character)
            }
        }
        return result
    }

    private static func opensBlock(at index: Int, next: Character, _ character: Character) -> Bool {
        index == 0 && (next == " " || next == character)
    }

    /// The text as a code span whose fence is longer than any run of backticks inside.
    static func code(_ text: String) -> String {
        let line = PlainText.singleLine(text)
        let longest = line.split(omittingEmptySubsequences: true, whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: longest + 1)
        let padding = line.hasPrefix("`") || line.hasSuffix("`") || line.isEmpty ? " " : ""
        // Inside a table even a code span must not hold a bare pipe.
        return fence + padding + line.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
            + padding + fence
    }

    /// Lines as a fenced block that nothing inside can close.
    static func fenced(_ lines: [String]) -> Markdown {
        let runs = lines.flatMap { $0.split(whereSeparator: { $0 != "`" }).map(\.count) }
        let fence = String(repeating: "`", count: max(3, (runs.max() ?? 0) + 1))
        return Markdown(verbatim: ([fence + "text"] + lines + [fence]).joined(separator: "\n"))
    }

    /// An item of a list under its mark, `1.` or `-`; what belongs to it stands below it as a list of its own, or folded as a block.
    static func listItem(_ mark: String, _ head: Markdown, _ parts: [Markdown], folded: Markdown? = nil) -> Markdown {
        let indent = String(repeating: " ", count: mark.count + 1)
        let below = parts.map { "- \($0.source)" } + (folded.map { ["", $0.source] } ?? [])
        let lines = below.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
        let rest = lines.map { $0.isEmpty ? "" : indent + $0 }
        return Markdown(verbatim: (["\(mark) \(head.source)"] + rest).joined(separator: "\n"))
    }

    /// Blocks that open on a click. The summary is HTML-escaped by its interpolation, not here.
    static func details(summary: Markdown, _ blocks: [Markdown]) -> Markdown {
        let body = blocks.map(\.source).joined(separator: "\n\n")
        return Markdown(verbatim: "<details><summary>\(summary.source)</summary>\n\n\(body)\n\n</details>")
    }
}

extension Character {
    fileprivate var isWord: Bool { isLetter || isNumber }
}
