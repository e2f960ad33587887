import Archiving
import Quantities
import Subprocess
import SystemPackage

/// One start of `assay-launcher` over a program: what it is told, and how long it may take.
struct Launch: Sendable {
    var launcher: FilePath
    var program: FilePath
    var arguments: [String]
    /// The working directory of both; the files of the streams are named from there.
    var folder: FilePath
    var environment: [Environment.Key: String]
    var output: String
    var errors: String
    var timeLimit: Duration
    var grace: Duration
    var outputLimitBytes: Int
    /// Words for the launcher besides these.
    var furtherWords: [String] = []

    /// How the launcher ended, and what it wrote to its standard output and error.
    struct Answer: Sendable {
        var status: TerminationStatus
        var report: String
        var complaint: String
    }

    /// Runs it to its end.
    ///
    /// - Throws: ``ExecutionError`` where the launcher cannot be started, or the task was cancelled.
    func run(lifeline: FileDescriptor) async throws(ExecutionError) -> Answer {
        let words = [
            "--time-limit-nanoseconds", "\(timeLimit.inNanoseconds)",
            "--grace-nanoseconds", "\(grace.inNanoseconds)",
            "--output-limit-bytes", "\(outputLimitBytes)",
            "--output", output, "--errors", errors,
        ]
        return try await Self.start(
            launcher, words + furtherWords + ["--", program.string] + arguments, in: folder, environment: environment,
            grace: grace, lifeline: lifeline)
    }

    /// Runs the launcher with these words to its end.
    ///
    /// - Throws: ``ExecutionError`` where the launcher cannot be started, or the task was cancelled.
    static func start(
        _ launcher: FilePath, _ words: [String], in folder: FilePath, environment: [Environment.Key: String],
        grace: Duration, lifeline: FileDescriptor
    ) async throws(ExecutionError) -> Answer {
        var options = PlatformOptions()
        // Ctrl-C on a terminal then reaches the harness alone, which decides what to end.
        options.createSession = true
        // The launcher needs its grace, and ten seconds more at the very most, to end the program's whole tree.
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: grace + .seconds(15))]
        do {
            let result = try await Subprocess.run(
                .path(launcher), arguments: Arguments(words), environment: .custom(environment),
                workingDirectory: folder, platformOptions: options,
                input: .fileDescriptor(lifeline, closeAfterSpawningProcess: true), output: .string(limit: 4096),
                error: .string(limit: 4096))
            return Answer(
                status: result.terminationStatus, report: result.standardOutput, complaint: result.standardError)
        } catch {
            if Task.isCancelled { throw .cancelled }
            throw .launcher(complaint: "\(launcher) cannot be run: \(error)")
        }
    }
}
