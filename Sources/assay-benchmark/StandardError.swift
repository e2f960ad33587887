import Glibc

/// Writes a line to standard error, after the program's name.
func complain(_ message: String) {
    let line = "assay-benchmark: \(message)\n"
    // Nobody is left to tell when standard error is closed.
    _ = write(STDERR_FILENO, line, line.utf8.count)
}
