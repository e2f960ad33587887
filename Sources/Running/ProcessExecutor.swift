// Runs a trial's program under assay-launcher, which measures it, bounds it and leaves nothing of it behind.
//
// Two cords tie the launcher to this process. Cancelling the task sends it SIGTERM. And its standard input is a socket
// whose other end is held here alone, so that it ends the program should this process die, even by SIGKILL.
//
// The launcher bounds the program. But it is the program's parent, of the same user, and the program can stop or kill
// it. So this process bounds the launcher in turn, and what is left then it finds by its working directory.

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
    private let patience: Duration

    /// How often the environment is sampled at first, and the most samples that are kept of a trial: over seven minutes
    /// of it are kept at that interval, half an hour at four times that.
    private static let environmentInterval = Duration.milliseconds(100)
    private static let environmentRows = 4096

    /// All that a program sees of the environment: the same for every user, machine and time zone.
    /// `LD_LIBRARY_PATH` is left out; programs built by SwiftPM know where their libraries are.
    static let environment: [Environment.Key: String] = ["PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"]

    /// - Parameters:
    ///   - launcher: The path of `assay-launcher`.
    ///   - grace: How long a program has between the request to end (SIGTERM) and being killed.
    ///   - outputLimitBytes: The most that is kept of each of the two streams; more of it ends the trial.
    ///   - patience: How long after the time limit and the grace the launcher must have answered; it needs ten seconds
    ///     at the most to see the program die, and as many for the program's descendants.
    public init(
        launcher: FilePath, grace: Duration = .seconds(2), outputLimitBytes: Int = 16 << 20,
        patience: Duration = .seconds(30)
    ) {
        self.launcher = launcher
        self.grace = grace
        self.outputLimitBytes = outputLimitBytes
        self.patience = patience
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
        let begun = RunClock.system.elapsed()
        let leftovers = Leftovers(workingIn: request.folder.path)
        let answer: Answer
        var isHung = false
        do {
            (answer, isHung) = try await launchPatiently(
                request, lifeline: FileDescriptor(rawValue: ends[0]), leftovers)
        } catch {
            // The launcher may have been killed before it could end anything.
            leftovers.end()
            throw error
        }
        if Task.isCancelled && answer.report.isEmpty {
            leftovers.end()
            throw .cancelled
        }
        if answer.status == .exited(0) {
            return try LaunchReport(line: answer.report).execution(outputLimitBytes: outputLimitBytes)
        }
        leftovers.end()
        guard case .signaled(let signal) = answer.status else {
            throw .launcher(
                complaint: "assay-launcher ended unexpectedly (\(answer.status)): \(answer.complaint)")
        }
        return TrialExecution(
            end: isHung ? .watcherHung : .watcherKilled(signal: signal),
            elapsedNanoseconds: (RunClock.system.elapsed() - begun).inNanoseconds, resources: nil)
    }

    /// How the launcher ended, and what it wrote to its standard output and error.
    private struct Answer: Sendable {
        var status: TerminationStatus
        var report: String
        var complaint: String
    }

    /// Launches, and ends the launcher and all below it once it is overdue.
    private func launchPatiently(
        _ request: TrialRequest, lifeline: FileDescriptor, _ leftovers: Leftovers
    ) async throws(ExecutionError) -> (answer: Answer, isHung: Bool) {
        let limit = request.timeLimit + grace + patience
        let (result, isHung) = await withTaskGroup(
            of: Result<Answer, ExecutionError>?.self, returning: (Result<Answer, ExecutionError>, Bool).self
        ) { group in
            group.addTask {
                do throws(ExecutionError) {
                    return .success(try await launch(request, lifeline: lifeline))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                do {
                    try await Task.sleep(for: limit)
                } catch {
                    // Cancelled: the launcher has answered, or is being ended with the task.
                    return nil
                }
                return nil
            }
            var isHung = false
            var result: Result<Answer, ExecutionError>?
            while let next = await group.next() {
                if let next {
                    result = next
                } else if result == nil && !Task.isCancelled {
                    isHung = true
                    leftovers.end()
                }
                // Ends the watch, or the launcher, should it have escaped.
                group.cancelAll()
            }
            return (result ?? .failure(.launcher(complaint: "assay-launcher gave no answer")), isHung)
        }
        return (try result.get(), isHung)
    }

    private func launch(
        _ request: TrialRequest, lifeline: FileDescriptor
    ) async throws(ExecutionError) -> Answer {
        let words = [
            "--time-limit-nanoseconds", "\(request.timeLimit.inNanoseconds)",
            "--grace-nanoseconds", "\(grace.inNanoseconds)",
            "--output-limit-bytes", "\(outputLimitBytes)",
            "--output", "../output.txt", "--errors", "../errors.txt",
        ]
        let environmentWords = [
            "--environment", "../environment.csv",
            "--environment-interval-nanoseconds", "\(Self.environmentInterval.inNanoseconds)",
            "--environment-rows", "\(Self.environmentRows)", "--machine", "/",
        ]
        var options = PlatformOptions()
        // Ctrl-C on a terminal then reaches the harness alone, which decides what to end.
        options.createSession = true
        // The launcher needs its grace, and ten seconds more at the very most, to end the program's whole tree.
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: grace + .seconds(15))]
        do {
            let result = try await run(
                .path(launcher),
                arguments: Arguments(
                    words + (request.samplesEnvironment ? environmentWords : []) + ["--", request.program.string]
                        + request.arguments),
                environment: .custom(Self.environment), workingDirectory: request.folder.work, platformOptions: options,
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
