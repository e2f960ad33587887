/// A CSV table with a header (RFC 4180: quotes around fields that hold commas, doubled quotes inside), each field with
/// its place.
struct CommaSeparatedTable {
    struct Field: Equatable {
        var text: String
        var position: SourcePosition
    }

    var header: [Field]
    /// Each as long as the header.
    var rows: [[Field]]

    /// - Throws: The first row with more or fewer fields than the header, the first quote out of place, or that there
    ///   is no header.
    init(text: String, file: String) throws(DeclarationError) {
        func fail(_ message: String, at position: SourcePosition) -> DeclarationError {
            DeclarationError(file: file, position: position, message: message)
        }
        var records: [[Field]] = []
        var scanner = Scanner(text: text)
        while !scanner.isAtEnd {
            let start = scanner.position
            var record: [Field] = []
            repeat {
                let position = scanner.position
                guard let text = scanner.takeField() else {
                    throw fail("a quote out of place; a quoted field stands between commas and is closed", at: position)
                }
                record.append(Field(text: text, position: position))
            } while scanner.takeComma()
            scanner.takeLineBreak()
            if record.count == 1, record[0].text.isEmpty { continue }
            if let header = records.first, record.count != header.count {
                throw fail("\(record.count) fields, but the header has \(header.count)", at: start)
            }
            records.append(record)
        }
        guard let header = records.first else {
            throw fail("the file is empty; its first line names the columns", at: .start)
        }
        self.header = header
        rows = Array(records.dropFirst())
    }

    /// Walks over the text and keeps the place.
    private struct Scanner {
        private let scalars: [Unicode.Scalar]
        private var index = 0
        private(set) var position = SourcePosition.start

        init(text: String) { scalars = Array(text.unicodeScalars) }

        var isAtEnd: Bool { index == scalars.count }

        private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

        private mutating func advance() {
            position =
                scalars[index] == "\n"
                ? SourcePosition(line: position.line + 1, column: 1)
                : SourcePosition(line: position.line, column: position.column + 1)
            index += 1
        }

        private var isAtFieldEnd: Bool { isAtEnd || next == "," || next == "\n" || next == "\r" }

        mutating func takeField() -> String? {
            var text = String.UnicodeScalarView()
            guard next == "\"" else {
                while !isAtFieldEnd, let scalar = next {
                    if scalar == "\"" { return nil }
                    text.append(scalar)
                    advance()
                }
                return String(text)
            }
            advance()
            while let scalar = next {
                advance()
                if scalar != "\"" {
                    text.append(scalar)
                } else if next == "\"" {
                    text.append(scalar)
                    advance()
                } else {
                    return isAtFieldEnd ? String(text) : nil
                }
            }
            return nil
        }

        mutating func takeComma() -> Bool {
            guard next == "," else { return false }
            advance()
            return true
        }

        mutating func takeLineBreak() {
            if next == "\r" { advance() }
            if next == "\n" { advance() }
        }
    }
}
