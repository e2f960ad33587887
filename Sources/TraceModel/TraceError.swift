/// Why a file cannot be read as a trace at all. Damage further in is a ``TraceProblem``, and the rest is read.
public struct TraceError: Error, Equatable, CustomStringConvertible {
    public enum Reason: Sendable, Equatable {
        /// The system refused; its words, as in "No such file or directory".
        case cannotOpen(String)
        case cannotRead(String)
        /// A directory, a pipe or a device.
        case notAFile
        /// Shorter than a header; the size found.
        case tooShort(bytes: UInt64)
        /// It does not begin with the magic bytes; what it begins with.
        case notATrace(found: [UInt8])
        /// A field of the header has a value that this version of the reader does not know.
        case unsupported(field: String, expected: String, found: UInt32)
    }

    public let path: String
    /// Where in the file, in bytes from its start; nil when it is not about a place.
    public let byteOffset: UInt64?
    public let reason: Reason

    public init(path: String, byteOffset: UInt64?, reason: Reason) {
        self.path = path
        self.byteOffset = byteOffset
        self.reason = reason
    }

    public var description: String {
        let place = byteOffset.map { "\(path): byte \($0)" } ?? path
        return "\(place): \(sentence)"
    }

    private var sentence: String {
        switch reason {
        case .cannotOpen(let why):
            "cannot be opened: \(why); check the path and its permissions"
        case .cannotRead(let why):
            "cannot be read: \(why); check the disk, or copy the file elsewhere"
        case .notAFile:
            "is not a regular file; name a trace file"
        case .tooShort(let bytes):
            """
            expected a header of \(TraceFormat.headerBytes) bytes, found \(bytes); \
            the program ended before it recorded anything, or the copy is incomplete
            """
        case .notATrace(let found):
            "expected the bytes '\(TraceFormat.magic)', found \(Self.readable(found)); this is not a trace"
        case .unsupported(let field, let expected, let found):
            """
            expected \(field) \(expected), found \(found); \
            read it with a harness of the release that wrote it, or newer
            """
        }
    }

    private static func readable(_ bytes: [UInt8]) -> String {
        if bytes.allSatisfy({ $0 == 0 }) { return "zeros" }
        if bytes.allSatisfy({ (32..<127).contains($0) }) { return "'\(String(decoding: bytes, as: UTF8.self))'" }
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
}
