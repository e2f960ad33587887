/// Reads one JSON value from bytes.
public struct JSONParser {
    /// Arrays and objects lie in each other at most so deep, so that no text can exhaust the stack.
    static let depthMaximum = 64

    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var depth = 0

    /// Reads the bytes as one value with nothing but blanks around it.
    ///
    /// - Throws: ``JSONError`` with the place at which they are none.
    public static func value(of bytes: ArraySlice<UInt8>) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        let value = try parser.value()
        parser.skipBlanks()
        guard parser.next == nil else { throw parser.error("the end") }
        return value
    }

    private init(bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    private var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    private func error(_ expected: String) -> JSONError {
        JSONError(byteOffset: position - bytes.startIndex, expected: expected)
    }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: byte) else { return false }
        position += 1
        return true
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return try nested { parser throws(JSONError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { parser throws(JSONError) in try parser.array() }
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        guard depth < Self.depthMaximum else { throw error("at most \(Self.depthMaximum) values in each other") }
        depth += 1
        position += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        var members: [(name: String, value: JSONValue)] = []
        skipBlanks()
        if take("}") { return .object(members) }
        repeat {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw error("a member's name in quotes") }
            let name = try string()
            skipBlanks()
            guard take(":") else { throw error("':'") }
            members.append((name, try value()))
            skipBlanks()
        } while take(",")
        guard take("}") else { throw error("',' or '}'") }
        return .object(members)
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        var elements: [JSONValue] = []
        skipBlanks()
        if take("]") { return .array(elements) }
        repeat {
            elements.append(try value())
            skipBlanks()
        } while take(",")
        guard take("]") else { throw error("',' or ']'") }
        return .array(elements)
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard next == word.utf8Start[index] else { throw error("a value") }
            position += 1
        }
        return value
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw error("a digit") }
    }

    private mutating func number() throws(JSONError) -> String {
        let start = position
        let isNegative = take("-")
        guard let first = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            throw error(isNegative ? "a digit" : "a value")
        }
        if first == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        // Nearly all texts have no escapes and are taken as they are.
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        var text = Array(bytes[start..<position])
        while true {
            guard let byte = next, byte >= 0x20 else { throw error("'\"' at the end of the text") }
            position += 1
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") { text += try escaped() } else { text.append(byte) }
        }
        guard let string = String(validating: text, as: UTF8.self) else { throw error("a text in UTF-8") }
        return string
    }

    private mutating func escaped() throws(JSONError) -> [UInt8] {
        guard let byte = next else { throw error("an escape") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(try unicode()).utf8)
        default:
            position -= 1
            throw error("one of the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u")
        }
    }

    private mutating func unicode() throws(JSONError) -> Unicode.Scalar {
        var unit = try hexadecimal()
        if (0xD800..<0xDC00).contains(unit) {
            guard take("\\"), take("u") else { throw error("the second half of a surrogate pair") }
            let second = try hexadecimal()
            guard (0xDC00..<0xE000).contains(second) else { throw error("the second half of a surrogate pair") }
            unit = 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(unit) else { throw error("a character") }
        return scalar
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("four hexadecimal digits")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}
