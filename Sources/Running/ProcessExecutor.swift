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
    private let tracer: Tracer

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
    ///   - tracer: What runs the observers' scripts.
    public init(
        launcher: FilePath, grace: Duration = .seconds(2), outputLimitBytes: Int = 16 << 20,
        patience: Duration = .seconds(30), tracer: Tracer = .installed
    ) {
        self.launcher = launcher
        self.grace = grace
        self.outputLimitBytes = outputLimitBytes
        self.patience = patience
        self.tracer = tracer
    }

    public func execute(_ request: TrialRequest) async throws(ExecutionError) -> TrialExecution {
        guard !request.observers.isEmpty else { return try await executeAlone(request) }
        return try await ObservedExecution(launcher: launcher, tracer: tracer).execute(request) {
            request async throws(ExecutionError) in
            try await executeAlone(request)
        }
    }

    private func executeAlone(_ request: TrialRequest) async throws(ExecutionError) -> TrialExecution {
        let lifeline = try Lifeline()
        defer { lifeline.cut() }
        let begun = RunClock.system.elapsed()
        let leftovers = Leftovers(workingIn: request.folder.path)
        let answer: Launch.Answer
        var isHung = false
        do {
            (answer, isHung) = try await launchPatiently(request, lifeline: lifeline.theirs, leftovers)
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

    /// Launches, and ends the launcher and all below it once it is overdue.
    private func launchPatiently(
        _ request: TrialRequest, lifeline: FileDescriptor, _ leftovers: Leftovers
    ) async throws(ExecutionError) -> (answer: Launch.Answer, isHung: Bool) {
        let limit = request.timeLimit + grace + patience
        let (result, isHung) = await withTaskGroup(
            of: Result<Launch.Answer, ExecutionError>?.self,
            returning: (Result<Launch.Answer, ExecutionError>, Bool).self
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
            var result: Result<Launch.Answer, ExecutionError>?
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
    ) async throws(ExecutionError) -> Launch.Answer {
        let environmentWords = [
            "--environment", "../environment.csv",
            "--environment-interval-nanoseconds", "\(Self.environmentInterval.inNanoseconds)",
            "--environment-rows", "\(Self.environmentRows)", "--machine", "/",
        ]
        return try await Launch(
            launcher: launcher, program: request.program, arguments: request.arguments, folder: request.folder.work,
            environment: Self.environment, output: "../output.txt", errors: "../errors.txt",
            timeLimit: request.timeLimit, grace: grace, outputLimitBytes: outputLimitBytes,
            furtherWords: request.samplesEnvironment ? environmentWords : []
        ).run(lifeline: lifeline)
    }
}
