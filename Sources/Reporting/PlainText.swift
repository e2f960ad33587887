// Names and sentences come from declarations, programs and machines: none of them is trusted to be one clean line.

import Quantities

/// Text that is made safe for one line of output, before any format's own escaping.
public enum PlainText {
    /// The text on one line: line breaks and tabs become spaces; other control characters, and the marks that reorder
    /// text from right to left, become U+FFFD, so that a label can neither move a terminal's cursor nor disguise
    /// itself (Boucher & Anderson 2023, "Trojan Source", arXiv:2111.00169).
    public static func singleLine(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var followsCarriageReturn = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A where followsCarriageReturn: break
            case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: scalars.append(" ")
            case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: scalars.append("\u{FFFD}")
            default: scalars.append(scalar)
            }
            followsCarriageReturn = scalar == "\r"
        }
        return String(scalars)
    }

    /// The text on one line, cut to the length with `…` as its last character where something was cut.
    static func singleLine(_ text: String, atMost length: Int) -> String {
        let line = singleLine(text)
        return line.count <= length ? line : line.prefix(max(0, length - 1)) + "…"
    }

    /// The text's words on lines of at most so many columns, as far as words allow it.
    ///
    /// - Parameters:
    ///   - columns: Nil for a single line.
    ///   - indent: What the first line begins with.
    ///   - further: What all others begin with; nil for the same.
    static func wrapped(_ text: String, columns: Int?, indent: String = "", further: String? = nil) -> [String] {
        let text = singleLine(text)
        guard let columns else { return [indent + text] }
        var lines: [String] = []
        var line = indent
        var hasWord = false
        for word in text.split(separator: " ") {
            if hasWord, line.count + 1 + word.count > columns {
                lines.append(line)
                line = further ?? indent
                hasWord = false
            }
            line += (hasWord ? " " : "") + word
            hasWord = true
        }
        return lines + [line]
    }

    /// The text escaped for XML and HTML, in content and in double-quoted attributes.
    static func markupEscaped(_ text: String) -> String {
        var result = ""
        // Scalars, not characters: a mark that joins a bracket makes one character of both, and the bracket still counts.
        for scalar in singleLine(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A length of time as prose writes it, exact and in one unit, as in `33.5 s` or `500 ms`.
    static func length(nanoseconds: Int64) -> String {
        let scale = Scale.fitting(nanoseconds: Double(nanoseconds))
        let text = scale.number(nanoseconds: Double(nanoseconds), decimals: 9)
        let digits = text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed()
        return "\(nanoseconds == 0 ? "0" : String(digits)) \(nanoseconds == 0 ? "s" : scale.unit)"
    }

    /// A name for a file: lower-case ASCII letters and digits, everything else as single hyphens, at most 40 characters.
    static func fileName(_ text: String) -> String {
        let parts = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return parts.isEmpty ? "unnamed" : String(parts.joined(separator: "-").prefix(40))
    }
}

extension Int {
    /// The number with its noun, as in `1 trial` or `3 trials`.
    func counted(_ singular: String, _ plural: String? = nil) -> String {
        "\(self) \(self == 1 ? singular : plural ?? singular + "s")"
    }
}

extension String {
    /// A number's text with a plus where it is printed as more than zero; a zero has no sign.
    var withPlus: String {
        hasPrefix("-") || !contains(where: { $0.isNumber && $0 != "0" }) ? self : "+" + self
    }

    /// The text, filled with spaces on the left up to the width.
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: Swift.max(0, width - count)) + self }

    var withoutTrailingSpaces: String { String(reversed().drop { $0 == " " }.reversed()) }

    /// The text, filled with spaces on the right up to the width.
    func rightPadded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
}
