extension [UInt8] {
    /// Appends the text in UTF-8.
    mutating func append(_ text: String) { append(contentsOf: text.utf8) }

    /// Appends the number in decimal digits.
    mutating func append(decimal number: some BinaryInteger) {
        // Twenty digits are the most that 64 bits have.
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var count = 0
        var rest = UInt64(number.magnitude)
        repeat {
            digits[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            count += 1
        } while rest > 0
        if number < 0 { append(UInt8(ascii: "-")) }
        for index in (0..<count).reversed() { append(digits[index]) }
    }

    /// Appends the text as a JSON string (RFC 8259, section 7).
    mutating func append(json text: String) {
        append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case 0..<0x20:
                append("\\u00")
                append(Self.hexadecimal[Int(byte >> 4)])
                append(Self.hexadecimal[Int(byte & 15)])
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }

    private static var hexadecimal: [UInt8] { Array("0123456789abcdef".utf8) }
}
