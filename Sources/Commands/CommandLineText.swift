/// The command line as it was given, for a shell.
enum CommandLineText {
    /// The command line that goes on with what this one began.
    ///
    /// - Parameter arguments: As the process was given them, its own name first, then the subcommand.
    static func resuming(_ arguments: [String]) -> String {
        var words = ["assay"] + arguments.dropFirst()
        // Right behind the subcommand: at the end it might stand behind `--`.
        if !words.contains("--resume") { words.insert("--resume", at: min(2, words.count)) }
        return words.map(quoted).joined(separator: " ")
    }

    /// The same line again.
    static func same(_ arguments: [String]) -> String {
        (["assay"] + arguments.dropFirst()).map(quoted).joined(separator: " ")
    }

    /// The word in quotes where a shell would not take it as it is.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:,@%+".contains($0)) }
        guard !isPlain || word.isEmpty else { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
