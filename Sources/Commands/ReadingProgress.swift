/// Says on a terminal which trace is being read, once reading has taken long enough that a person wonders.
struct ReadingProgress {
    /// Less than this passes for an answer at once.
    private static let patience = Duration.seconds(1)

    private let isTerminal: Bool
    private let write: (String) -> Void
    private var hasWritten = false

    /// - Parameters:
    ///   - isTerminal: Elsewhere nothing is said.
    ///   - write: Where the line goes, which is rewritten in place.
    init(isTerminal: Bool, write: @escaping (String) -> Void) {
        self.isTerminal = isTerminal
        self.write = write
    }

    /// Before a trace is read.
    ///
    /// - Parameter elapsed: Since the first one was begun.
    mutating func reading(_ number: Int, of total: Int, after elapsed: Duration) {
        guard isTerminal, elapsed >= Self.patience else { return }
        write("\r\u{1B}[Kreading trace \(number) of \(total)")
        hasWritten = true
    }

    /// After the last one: the line is gone again.
    mutating func end() {
        if hasWritten { write("\r\u{1B}[K") }
        hasWritten = false
    }
}
