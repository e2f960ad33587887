import Archiving
import SystemPackage

@testable import Running

/// What an attempt left.
struct Attempt {
    var execution: TrialExecution
    var output: String
    var errors: String
    /// Process identifiers that the program wrote into files named `pids…`.
    var identifiers: [Int32]
}

/// Runs a shell script as a trial's program in a folder of its own.
func execute(
    _ script: String, arguments: [String] = [], timeLimit: Duration = .seconds(60),
    grace: Duration = .milliseconds(200), outputLimitBytes: Int = 1 << 20, patience: Duration = .seconds(30)
) async throws -> Attempt {
    try await withTemporaryFolder { folder in
        let program = folder.appending("program")
        try writeScript(script, to: program)
        let staging = TrialFolder(path: folder.appending("staging"))
        try FileSystem().createFolders(staging.work)
        let executor = ProcessExecutor(
            launcher: launcher, grace: grace, outputLimitBytes: outputLimitBytes, patience: patience)
        let execution = try await executor.execute(
            TrialRequest(program: program, arguments: arguments, folder: staging, timeLimit: timeLimit))
        let lists = try FileSystem.names(in: staging.work).filter { $0.hasPrefix("pids") }
        return Attempt(
            execution: execution, output: try text(staging.output), errors: try text(staging.errors),
            identifiers: try lists.flatMap { try identifiers(in: staging.work.appending($0)) })
    }
}

/// Gives the body a folder for an attempt.
func withAttempt(_ body: (FilePath) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        try FileSystem().createFolder(TrialFolder(path: folder).work)
        try await body(folder)
    }
}
