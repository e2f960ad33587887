// The wire format of protocol buffers (https://protobuf.dev/programming-guides/encoding/), as far as Perfetto's messages
// need it: a field is its number and wire type as a varint, then a varint, eight bytes, or a length and so many bytes.

/// One message as it is written.
struct ProtocolBuffer {
    private(set) var bytes: [UInt8] = []

    private enum WireType: UInt64 {
        case varint = 0
        case fixed64 = 1
        case lengthDelimited = 2
    }

    /// A field of type uint32, uint64, int64, bool or an enumeration. A negative int64 is ten bytes long.
    mutating func add(_ field: UInt64, varint value: UInt64) {
        key(field, .varint)
        varint(value)
    }

    /// A field of type fixed64.
    mutating func add(_ field: UInt64, fixed64 value: UInt64) {
        key(field, .fixed64)
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    /// A field of type string.
    mutating func add(_ field: UInt64, text: String) { add(field, bytes: Array(text.utf8)) }

    /// A field that is a message.
    mutating func add(_ field: UInt64, _ body: (inout ProtocolBuffer) -> Void) {
        var message = ProtocolBuffer()
        body(&message)
        add(field, bytes: message.bytes)
    }

    private mutating func add(_ field: UInt64, bytes content: [UInt8]) {
        key(field, .lengthDelimited)
        varint(UInt64(content.count))
        bytes += content
    }

    private mutating func key(_ field: UInt64, _ type: WireType) { varint(field << 3 | type.rawValue) }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
