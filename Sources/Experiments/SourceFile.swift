// The edge to the file system. A path that a person typed may be a folder, a pipe that never ends, or a disk image:
// it is opened without blocking, must be a regular file, and is read up to a bound.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

enum SourceFile {
    /// The largest declaration or reference file that is read, in bytes.
    static let sizeMaximum = 1 << 20

    /// The bytes of a regular file of at most ``sizeMaximum`` bytes.
    static func bytes(path: String) throws(FileFailure) -> [UInt8] {
        guard !path.utf8.contains(0) else { throw FileFailure(message: "cannot be opened: its name holds a NUL") }
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(message: "cannot be opened: \(reason(errno))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure(message: "cannot be read: \(reason(errno))") }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw FileFailure(message: "is a folder; name a file")
        default: throw FileFailure(message: "is not a regular file")
        }
        // One byte more than is allowed, so that a file which grows while it is read is noticed too.
        var bytes = [UInt8](repeating: 0, count: sizeMaximum + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + count, $0.count - count) }
            if got == 0 { break }
            if got > 0 {
                count += got
            } else if errno != EINTR {
                throw FileFailure(message: "cannot be read: \(reason(errno))")
            }
        }
        guard count <= sizeMaximum else { throw FileFailure(message: tooLarge) }
        return Array(bytes.prefix(count))
    }

    static let tooLarge = "is larger than \(sizeMaximum) bytes, the most that is read"

    /// The path with all symbolic links followed; nil if there is no such file.
    static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The bytes as text, less a byte-order mark.
    ///
    /// - Throws: The place of the first NUL or the first byte that is not UTF-8.
    static func text(of bytes: [UInt8], file: String) throws(DeclarationError) -> String {
        func fail(_ message: String, at position: SourcePosition) -> DeclarationError {
            DeclarationError(file: file, position: position, message: message)
        }
        guard bytes.count <= sizeMaximum else { throw fail("the file \(tooLarge)", at: .start) }
        var position = SourcePosition.start
        var text = ""
        text.reserveCapacity(bytes.count)
        var iterator = bytes.makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                if scalar == "\0" {
                    throw fail("a NUL byte; a declaration is UTF-8 text without control characters", at: position)
                }
                text.unicodeScalars.append(scalar)
                position =
                    scalar == "\n"
                    ? SourcePosition(line: position.line + 1, column: 1)
                    : SourcePosition(line: position.line, column: position.column + 1)
            case .error:
                throw fail("bytes that are not UTF-8; save the file as UTF-8 text", at: position)
            case .emptyInput:
                if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
                return text
            }
        }
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// Why a file could not be read, as the end of a sentence that begins with its name.
public struct FileFailure: Error, Equatable, Sendable {
    public var message: String

    public init(message: String) { self.message = message }
}
