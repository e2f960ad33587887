/// The 32 bytes of a record as four little-endian words: time, request, value, and the last word with
/// client (32 bits), CPU (16), kind (8) and check (8).
struct TraceRecord: Equatable {
    var time: UInt64
    var request: UInt64
    var valueBits: UInt64
    var lastWord: UInt64

    var value: Int64 { Int64(bitPattern: valueBits) }
    var client: UInt32 { UInt32(truncatingIfNeeded: lastWord) }
    var cpu: UInt16 { UInt16(truncatingIfNeeded: lastWord >> 32) }
    var kind: UInt8 { UInt8(truncatingIfNeeded: lastWord >> 48) }

    var isZero: Bool { time | request | valueBits | lastWord == 0 }
    /// Whether its writer was stopped before the last word: what a kill in the middle of a store leaves behind.
    var isUnfinished: Bool { lastWord == 0 && !isZero }
    /// The exclusive-or of its 32 bytes: ``TraceFormat/check`` when it is intact.
    var checkFound: UInt8 { (time ^ request ^ valueBits ^ lastWord).foldedBytes }

    init(time: UInt64, request: UInt64, valueBits: UInt64, lastWord: UInt64) {
        self.time = time
        self.request = request
        self.valueBits = valueBits
        self.lastWord = lastWord
    }

    /// An intact record of these contents.
    init(time: UInt64, kind: UInt8, request: UInt64 = 0, client: UInt32 = 0, cpu: UInt16 = 0, value: Int64 = 0) {
        self.init(
            time: time, request: request, valueBits: UInt64(bitPattern: value),
            lastWord: UInt64(client) | UInt64(cpu) << 32 | UInt64(kind) << 48)
        lastWord |= UInt64(checkFound ^ TraceFormat.check) << 56
    }

    /// The record that starts at the given word.
    @inline(__always)
    init(words: UnsafeBufferPointer<UInt64>, at index: Int) {
        time = UInt64(littleEndian: words[index])
        request = UInt64(littleEndian: words[index + 1])
        valueBits = UInt64(littleEndian: words[index + 2])
        lastWord = UInt64(littleEndian: words[index + 3])
    }

    /// The record of these four words.
    @inline(__always)
    init(words: UnsafePointer<UInt64>) { self.init(words: UnsafeBufferPointer(start: words, count: 4), at: 0) }
}

extension UInt64 {
    /// The exclusive-or of the word's eight bytes.
    var foldedBytes: UInt8 {
        var word = self
        word ^= word >> 32
        word ^= word >> 16
        word ^= word >> 8
        return UInt8(truncatingIfNeeded: word)
    }
}
