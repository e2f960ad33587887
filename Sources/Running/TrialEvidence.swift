import Archiving
import Experiments
import Glibc
import SystemPackage

/// What an attempt left, reduced to what decides about it.
struct TrialEvidence: Equatable {
    var execution: TrialExecution
    var timeLimit: Duration
    /// The last line of standard output that is not blank; nil if there is none.
    var lastOutputLine: String?
    /// The end of standard error.
    var errorsTail: String
    /// Nil where there is no trace.
    var traceBytes: Int?
    /// Whether the program is one whose last line is known to be a JSON object.
    var mustReport: Bool
    /// The figures that the program printed, where they and no trace are what a trial is for.
    var printed: PrintedFigures?
}

extension TrialEvidence {
    /// Looks at what an attempt left in its folder.
    ///
    /// - Parameter reported: The figures that the program must print; nil where it must leave a trace.
    init(
        of execution: TrialExecution, in folder: TrialFolder, timeLimit: Duration, mustReport: Bool,
        reported: [ReportedMetric]? = nil
    ) throws(ArchiveError) {
        self.init(
            execution: execution, timeLimit: timeLimit,
            // A report is a few hundred bytes; a line that is longer than this is cut, and read as malformed.
            lastOutputLine: Self.lastLine(of: try Self.tail(of: folder.output, count: 1 << 20)),
            errorsTail: try Self.tail(of: folder.errors, count: 4096),
            traceBytes: FileSystem.size(of: folder.trace), mustReport: mustReport,
            printed: try reported.map { metrics throws(ArchiveError) in
                let isThere = FileSystem.isFile(folder.output)
                let output = isThere ? String(decoding: try FileSystem.read(folder.output), as: UTF8.self) : ""
                return PrintedFigures(output: output, declared: metrics)
            })
    }

    static func lastLine(of text: String) -> String? {
        text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }.map(String.init)
    }

    private static func tail(of path: FilePath, count: Int) throws(ArchiveError) -> String {
        guard FileSystem.isFile(path) else { return "" }
        return String(decoding: try FileSystem.readTail(of: path, count: count), as: UTF8.self)
    }

    /// The lack of space of which standard error tells; nil where it tells of none.
    var spaceError: Errno? {
        // The C library's words, in the C locale that every program is given, and the recorder's own.
        let words: [(String, Errno)] = [
            ("no space left on device", .noSpace), ("disk quota exceeded", Errno(rawValue: EDQUOT)),
            ("the disk was full", .noSpace), ("no space for the first chunks", .noSpace),
        ]
        let errors = errorsTail.lowercased()
        return words.first { errors.contains($0.0) }?.1
    }
}
