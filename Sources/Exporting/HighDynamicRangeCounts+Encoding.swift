import CZlib

extension HighDynamicRangeCounts {
    /// What marks the encoding (version 2) and its compressed form; the 0x10 says that counts are varints.
    private static let cookie: UInt32 = 0x1c84_9303 | 0x10
    private static let compressedCookie: UInt32 = 0x1c84_9304 | 0x10

    /// The compressed encoding in Base64, as a line of a log holds it.
    var encodedText: String {
        var payload: [UInt8] = []
        var index = 0
        while index < counts.count {
            let zeros = counts[index...].prefix { $0 == 0 }.count
            Self.append(zigZag: zeros > 0 ? -Int64(zeros) : counts[index], to: &payload)
            index += max(1, zeros)
        }
        var bytes: [UInt8] = []
        bytes.append(bigEndian: Self.cookie)
        bytes.append(bigEndian: UInt32(payload.count))
        bytes.append(bigEndian: UInt32(0))  // normalizing index offset
        bytes.append(bigEndian: UInt32(Self.significantDigits))
        bytes.append(bigEndian: UInt64(1))  // lowest discernible value
        bytes.append(bigEndian: UInt64(max(Self.highestUsually, maximumEquivalent)))
        bytes.append(bigEndian: Double(1).bitPattern)  // conversion ratio
        bytes += payload
        let compressed = Deflate.compressed(bytes)
        var whole: [UInt8] = []
        whole.append(bigEndian: Self.compressedCookie)
        whole.append(bigEndian: UInt32(compressed.count))
        return Base64.text(of: whole + compressed)
    }

    /// The number as ZigZag LEB128 of at most nine bytes, the ninth of which has eight bits.
    private static func append(zigZag number: Int64, to bytes: inout [UInt8]) {
        var rest = UInt64(bitPattern: number << 1 ^ number >> 63)
        for _ in 0..<8 {
            guard rest >= 0x80 else {
                bytes.append(UInt8(rest))
                return
            }
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}

/// The system's zlib (RFC 1950).
enum Deflate {
    /// The bytes as one zlib stream.
    static func compressed(_ bytes: [UInt8]) -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var result = [UInt8](repeating: 0, count: Int(length))
        let status = compress2(&result, &length, bytes, uLong(bytes.count), Z_BEST_COMPRESSION)
        // With a buffer of the bound's size only memory can be wanting, as anywhere else.
        precondition(status == Z_OK, "zlib could not compress \(bytes.count) bytes: status \(status)")
        return Array(result[..<Int(length)])
    }
}

/// RFC 4648, section 4.
enum Base64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(of bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for place in 0..<3 {
                let index = start + place
                bits = bits << 8 | (index < group.endIndex ? UInt32(bytes[index]) : 0)
            }
            for place in 0..<4 {
                let letter = letters[Int(bits >> UInt32(18 - 6 * place) & 63)]
                text.append(place <= group.count ? letter : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension [UInt8] {
    fileprivate mutating func append<Number: FixedWidthInteger & UnsignedInteger>(bigEndian number: Number) {
        for shift in stride(from: Number.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: number >> Number(shift)))
        }
    }
}
