import Archiving
import SystemPackage

/// Runs a program for the sake of its trace alone: nothing is stored, and it is run once.
public struct ScratchTrial: Sendable {
    private let program: FilePath
    private let executor: any TrialExecutor
    private let timeLimit: Duration

    public init(program: FilePath, executor: some TrialExecutor, timeLimit: Duration) {
        self.program = program
        self.executor = executor
        self.timeLimit = timeLimit
    }

    /// Runs the program in a folder that does not exist yet, and removes the folder once the body has read the trace.
    ///
    /// - Parameters:
    ///   - arguments: Those for a trace of ``TrialFolder/traceName``.
    ///   - body: Gets the path of the trace, which may not be there.
    /// - Throws: ``ExecutionError``, ``ScratchFailure`` when the program does not end with status 0, ``ArchiveError``, and what
    ///   the body throws.
    public func run<Result>(
        _ arguments: [String], in path: FilePath, _ body: (_ trace: FilePath) throws -> Result
    ) async throws -> Result {
        let folder = TrialFolder(path: path)
        let fileSystem = FileSystem()
        try fileSystem.createFolder(folder.path)
        defer { fileSystem.removeIfPossible(folder.path) }
        try fileSystem.createFolder(folder.work)
        let execution = try await executor.execute(
            TrialRequest(
                program: program, arguments: arguments, folder: folder, timeLimit: timeLimit, samplesEnvironment: false)
        )
        guard execution.end == .exited(status: 0) else {
            throw ScratchFailure(program: program, arguments: arguments, end: execution.end, errors: errors(folder))
        }
        return try body(folder.unfinishedTrace)
    }

    /// The end of what the program wrote to its standard error.
    private func errors(_ folder: TrialFolder) -> String {
        do {
            return String(decoding: try FileSystem.readTail(of: folder.errors, count: 500), as: UTF8.self)
        } catch {
            return "\(error)"
        }
    }
}

/// A program that was run for its trace and failed.
public struct ScratchFailure: Error, Equatable, CustomStringConvertible {
    public var program: FilePath
    public var arguments: [String]
    public var end: TrialExecution.End
    /// The end of its standard error.
    public var errors: String

    public var description: String {
        "\(program) \(arguments.joined(separator: " ")) failed (\(end)): "
            + errors.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
