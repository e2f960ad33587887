/// Cuts bytes that come in pieces into lines, without the line break, `\n` or `\r\n`.
public struct LineSplitter: Sendable {
    /// No line may be longer, so that a file without line breaks is not taken into memory whole.
    public let bytesMaximum: Int
    private var rest: [UInt8] = []
    private var isTooLong = false

    public init(bytesMaximum: Int) { self.bytesMaximum = bytesMaximum }

    /// Takes the next piece and hands out the lines that it completes; nil for one that is too long, so that all are counted.
    public mutating func add(_ piece: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>?) -> Void) {
        var start = piece.startIndex
        while let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if rest.isEmpty && !isTooLong && end - start <= bytesMaximum {
                body(Self.withoutReturn(piece[start..<end]))
            } else {
                keep(piece[start..<end])
                finish(body)
            }
            start = end + 1
        }
        if start < piece.endIndex { keep(piece[start...]) }
    }

    /// Hands out the last line, where the file does not end with a line break.
    public mutating func finish(_ body: (ArraySlice<UInt8>?) -> Void) {
        if isTooLong { body(nil) } else if !rest.isEmpty { body(Self.withoutReturn(rest[...])) }
        rest.removeAll(keepingCapacity: true)
        isTooLong = false
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        isTooLong = isTooLong || rest.count + bytes.count > bytesMaximum
        if isTooLong { rest.removeAll() } else { rest += bytes }
    }

    private static func withoutReturn(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
}
