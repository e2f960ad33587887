import Glibc

/// Prints a whole sentence on standard error, behind the program's name.
func printError(_ sentence: String) {
    // There is nowhere left to report that this failed.
    _ = writeAll("system-simulator: \(sentence)\n", to: STDERR_FILENO)
}

/// Writes the whole text; returns 0, or the error that kept the rest of it from being written.
func writeAll(_ text: String, to descriptor: Int32) -> Int32 {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count >= 0 {
            bytes = bytes.dropFirst(count)
        } else if errno != EINTR {
            return errno
        }
    }
    return 0
}
