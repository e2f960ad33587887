import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Standard output or standard error, written to without buffering.
struct StandardStream: Sendable {
    private let descriptor: FileDescriptor

    static let output = StandardStream(descriptor: .standardOutput)
    static let error = StandardStream(descriptor: .standardError)

    /// Writes all of the text. A reader that has gone away (`assay … | head`) ends the process with SIGPIPE, as usual;
    /// where standard output cannot be written for another reason that is said on standard error.
    func write(_ text: String) { write(bytes: Array(text.utf8)) }

    /// Writes all of the bytes, as ``write(_:)`` does.
    func write(bytes: [UInt8]) {
        do {
            try descriptor.writeAll(bytes)
        } catch {
            if descriptor == .standardOutput {
                let reason = (error as? Errno).map { ": \($0.description.lowercased())" } ?? ""
                StandardStream.error.write("assay: standard output cannot be written\(reason)\n")
            }
            exit(ExitStatus.cannotWrite.rawValue)
        }
    }

    /// Whether a person sees it.
    var isTerminal: Bool { isatty(descriptor.rawValue) == 1 }

    /// What lines are to fit into, as the help finds it: what COLUMNS says, else the width of the terminal; 80 where neither says.
    var columns: Int {
        if let text = getenv("COLUMNS"), let columns = Int(String(cString: text)), columns > 0 { return columns }
        var size = winsize()
        guard ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
