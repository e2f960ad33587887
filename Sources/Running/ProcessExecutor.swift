// Runs a trial's program under assay-launcher, which measures it, bounds it and leaves nothing of it behind.
//
// Two cords tie the launcher to this process. Cancelling the task sends it SIGTERM. And its standard input is a socket
// whose other end is held here alone, so that it ends the program should this process die, even by SIGKILL.

import Archiving
import Glibc
import Quantities
import Subprocess
import SystemPackage

/// Runs each trial in a process of its own on this machine.
public struct ProcessExecutor: TrialExecutor {
    private let launcher: FilePath
    private let grace: Duration
    private let outputLimitBytes: Int

    /// All that a program sees of the environment: the same for every user, machine and time zone.
    /// `LD_LIBRARY_PATH` is left out; programs built by SwiftPM know where their libraries are.
    static let environment: [Environment.Key: String] = ["PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"]

    /// - Parameters:
    ///   - launcher: The path of `assay-launcher`.
    ///   - grace: How long a program has between the request to end (SIGTERM) and being killed.
    ///   - outputLimitBytes: The most that is kept of each of the two streams; more of it ends the trial.
    public init(launcher: FilePath, grace: Duration = .seconds(2), outputLimitBytes: Int = 16 << 20) {
        self.launcher = launcher
        self.grace = grace
        self.outputLimitBytes = outputLimitBytes
    }

    public func execute(_ request: TrialRequest) async throws(ExecutionError) -> TrialExecution {
        var ends: [Int32] = [-1, -1]
        // Close-on-exec from birth, or another process started from here would hold the lifeline as well; a pair of
        // sockets, since Swift does not see pipe2.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw .launcher(complaint: "no lifeline for the launcher: \(Errno(rawValue: errno))")
        }
        defer { close(ends[1]) }
        let (status, report, complaint) = try await launch(request, lifeline: FileDescriptor(rawValue: ends[0]))
        if Task.isCancelled && report.isEmpty { throw .cancelled }
        guard status == .exited(0) else {
            throw .launcher(complaint: "assay-launcher ended unexpectedly (\(status)): \(complaint)")
        }
        return try LaunchReport(line: report).execution(outputLimitBytes: outputLimitBytes)
    }

    private func launch(
        _ request: TrialRequest, lifeline: FileDescriptor
    ) async throws(ExecutionError) -> (status: TerminationStatus, report: String, complaint: String) {
        let words = [
            "--time-limit-nanoseconds", "\(request.timeLimit.inNanoseconds)",
            "--grace-nanoseconds", "\(grace.inNanoseconds)",
            "--output-limit-bytes", "\(outputLimitBytes)",
            "--output", "output.txt", "--errors", "errors.txt",
            "--", request.program.string,
        ]
        var options = PlatformOptions()
        // Ctrl-C on a terminal then reaches the harness alone, which decides what to end.
        options.createSession = true
        // The launcher needs its grace, and ten seconds more at the very most, to end the program's whole tree.
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: grace + .seconds(15))]
        do {
            let result = try await run(
                .path(launcher), arguments: Arguments(words + request.arguments),
                environment: .custom(Self.environment), workingDirectory: request.folder.path, platformOptions: options,
                input: .fileDescriptor(lifeline, closeAfterSpawningProcess: true), output: .string(limit: 4096),
                error: .string(limit: 4096))
            return (result.terminationStatus, result.standardOutput, result.standardError)
        } catch {
            if Task.isCancelled { throw .cancelled }
            throw .launcher(complaint: "\(launcher) cannot be run: \(error)")
        }
    }
}
