import Archiving
import Quantities
import SystemPackage

/// Runs each trial in a process of its own on this machine, under `assay-launcher`, which measures it, bounds it and
/// leaves nothing of it behind.
public struct ProcessExecutor: TrialExecutor {
    private let process: LauncherProcess
    private let outputLimitBytes: Int
    private let tracer: Tracer

    /// - Parameters:
    ///   - launcher: The path of `assay-launcher`.
    ///   - grace: How long a program has between the request to end (SIGTERM) and being killed.
    ///   - outputLimitBytes: The most that is kept of each of the two streams; more of it ends the trial.
    ///   - patience: How long after the time limit and the grace the launcher must have answered; it needs ten seconds
    ///     at the most to see the program die, and as many for the program's descendants.
    ///   - tracer: What runs the observers' scripts.
    public init(
        launcher: FilePath, grace: Duration = .seconds(2), outputLimitBytes: Int = 16 << 20,
        patience: Duration = .seconds(30), tracer: Tracer = .installed
    ) {
        process = LauncherProcess(launcher: launcher, grace: grace, patience: patience)
        self.outputLimitBytes = outputLimitBytes
        self.tracer = tracer
    }

    public func execute(_ request: TrialRequest) async throws(ExecutionError) -> TrialExecution {
        guard !request.observers.isEmpty else { return try await executeAlone(request) }
        return try await ObservedExecution(launcher: process.launcher, tracer: tracer).execute(request) {
            request async throws(ExecutionError) in
            try await executeAlone(request)
        }
    }

    private func executeAlone(_ request: TrialRequest) async throws(ExecutionError) -> TrialExecution {
        let words =
            [
                "--time-limit-nanoseconds", "\(request.timeLimit.inNanoseconds)",
                "--grace-nanoseconds", "\(process.grace.inNanoseconds)",
                "--output-limit-bytes", "\(outputLimitBytes)",
                "--output", "../output.txt", "--errors", "../errors.txt",
            ] + (request.samplesEnvironment ? LauncherProcess.environmentWords("../environment.csv") : [])
            + ["--", request.program.string] + request.arguments
        let answer = try await process.answer(
            words, folder: request.folder.path, work: request.folder.work, within: request.timeLimit)
        if answer.isReport {
            return try LaunchReport(line: answer.report).execution(outputLimitBytes: outputLimitBytes)
        }
        return TrialExecution(
            end: try answer.endOfKilled(), elapsedNanoseconds: answer.elapsed.inNanoseconds, resources: nil)
    }
}
