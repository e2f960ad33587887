// A baseline is committed, so its differences are read by people: a key has a line of its own, and so has a whole array of
// values. A pretty printer that gives each value a line makes files of thousands of lines in which nothing can be found.

/// JSON laid out for `git diff`: keys on lines of their own, arrays of plain values on one line each.
enum RowJSON {
    /// The same JSON with line breaks and indents of two spaces.
    ///
    /// - Parameter compact: Sound JSON without any white space between its tokens, as `JSONEncoder` writes it.
    /// - Complexity: O(bytes × depth).
    static func laidOut(_ compact: [UInt8]) -> [UInt8] {
        var layout = Layout(input: compact)
        layout.run()
        return layout.output
    }

    private struct Layout {
        let input: [UInt8]
        var output: [UInt8] = []
        private var place = 0
        private var depth = 0

        init(input: [UInt8]) { self.input = input }

        mutating func run() {
            while place < input.count {
                switch input[place] {
                case UInt8(ascii: "\""): copyString()
                case UInt8(ascii: "{"), UInt8(ascii: "["): open()
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    breakLine()
                    copy()
                case UInt8(ascii: ","):
                    copy()
                    breakLine()
                case UInt8(ascii: ":"):
                    copy()
                    output.append(UInt8(ascii: " "))
                default: copy()
                }
            }
        }

        private mutating func copy() {
            output.append(input[place])
            place += 1
        }

        private mutating func breakLine() {
            output.append(UInt8(ascii: "\n"))
            output += [UInt8](repeating: UInt8(ascii: " "), count: 2 * depth)
        }

        /// Copies a string with both of its quotes.
        private mutating func copyString() {
            copy()
            while place < input.count {
                let isEscape = input[place] == UInt8(ascii: "\\")
                let isEnd = input[place] == UInt8(ascii: "\"")
                copy()
                if isEscape, place < input.count { copy() }
                if isEnd { return }
            }
        }

        /// Begins an object or array; one that is empty, and an array of plain values, is copied whole.
        private mutating func open() {
            let isArray = input[place] == UInt8(ascii: "[")
            let isEmpty = place + 1 < input.count && [UInt8(ascii: "]"), UInt8(ascii: "}")].contains(input[place + 1])
            if isEmpty {
                copy()
                copy()
            } else if isArray, let end = endOfRow() {
                while place < end {
                    switch input[place] {
                    case UInt8(ascii: "\""): copyString()
                    case UInt8(ascii: ","):
                        copy()
                        output.append(UInt8(ascii: " "))
                    default: copy()
                    }
                }
            } else {
                copy()
                depth += 1
                breakLine()
            }
        }

        /// Where the array that opens here ends, just past its bracket; nil where it holds another array or an object.
        private func endOfRow() -> Int? {
            var index = place + 1
            var isInString = false
            while index < input.count {
                switch input[index] {
                case UInt8(ascii: "\\") where isInString: index += 1
                case UInt8(ascii: "\""): isInString.toggle()
                case UInt8(ascii: "{") where !isInString, UInt8(ascii: "[") where !isInString: return nil
                case UInt8(ascii: "]") where !isInString: return index + 1
                default: break
                }
                index += 1
            }
            return nil
        }
    }
}
