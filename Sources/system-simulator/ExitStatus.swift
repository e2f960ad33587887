/// What the program's exit status says, after sysexits(3).
enum ExitStatus {
    /// The run ended as asked, or at a first SIGINT or SIGTERM.
    static let success: Int32 = 0
    /// An option or its value is wrong; nothing was run or written.
    static let usage: Int32 = 64
    /// Everybody waits for somebody else: virtual time stands still.
    static let deadlock: Int32 = 70
    /// The trace could not be created; nothing was run.
    static let cannotCreate: Int32 = 73
    /// The figures could not be written to standard output.
    static let outputFailed: Int32 = 74
}

/// Why a run could not start, or not tell what it found.
struct SimulatorError: Error, CustomStringConvertible {
    let description: String
    let exitStatus: Int32
}
