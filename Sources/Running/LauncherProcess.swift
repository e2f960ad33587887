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

/// One run of `assay-launcher`, which leaves nothing behind.
struct LauncherProcess: Sendable {
    let launcher: FilePath
    /// How long a program has between the request to end (SIGTERM) and being killed.
    let grace: Duration
    /// How long after the programs' time limits and the grace the launcher must have answered.
    let patience: Duration

    /// All that a program sees of the environment: the same for every user, machine and time zone.
    /// `LD_LIBRARY_PATH` is left out; programs built by SwiftPM know where their libraries are.
    static let environment: [Environment.Key: String] = ["PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"]

    /// How often the environment is sampled at first, and the most samples that are kept: over seven minutes of it are
    /// kept at that interval, half an hour at four times that.
    private static let environmentInterval = Duration.milliseconds(100)
    private static let environmentRows = 4096

    /// The words that have the machine watched, into a file.
    static func environmentWords(_ file: String) -> [String] {
        [
            "--environment", file, "--environment-interval-nanoseconds", "\(environmentInterval.inNanoseconds)",
            "--environment-rows", "\(environmentRows)", "--machine", "/",
        ]
    }

    /// How the launcher ended, and what it wrote to its standard output and error.
    struct Answer: Sendable {
        var status: TerminationStatus
        var report: String
        var complaint: String
        /// Whether it was ended here because it did not answer.
        var isHung = false
        var elapsed = Duration.zero

        /// Whether the launcher did its part, whatever became of what it launched.
        var isReport: Bool { status == .exited(0) }

        /// How what was launched ended, where the launcher was killed.
        ///
        /// - Throws: ``ExecutionError/launcher(complaint:)`` where it ended by itself, and was not to.
        func endOfKilled() throws(ExecutionError) -> TrialExecution.End {
            guard case .signaled(let signal) = status else {
                throw .launcher(complaint: "assay-launcher ended unexpectedly (\(status)): \(complaint)")
            }
            return isHung ? .watcherHung : .watcherKilled(signal: signal)
        }
    }

    /// Runs the launcher to its end.
    ///
    /// - Parameters:
    ///   - folder: Where all that it starts works, or below.
    ///   - work: Its working directory, in the folder.
    ///   - limit: How long what it runs may take by its own limits.
    /// - Returns: Its answer; where it did not end with status 0, all that was left has been killed.
    func answer(
        _ words: [String], folder: FilePath, work: FilePath, within limit: Duration
    ) async throws(ExecutionError) -> Answer {
        let lifeline = try Lifeline()
        defer { lifeline.cut() }
        let begun = RunClock.system.elapsed()
        let leftovers = Leftovers(workingIn: folder)
        var answer: Answer
        do {
            answer = try await launchPatiently(
                words, work: work, lifeline: lifeline.theirs, within: limit + grace + patience,
                leftovers)
        } catch {
            // The launcher may have been killed before it could end anything.
            leftovers.end()
            throw error
        }
        if !answer.isReport || (Task.isCancelled && answer.report.isEmpty) { leftovers.end() }
        if Task.isCancelled && answer.report.isEmpty { throw .cancelled }
        answer.elapsed = RunClock.system.elapsed() - begun
        return answer
    }

    /// Launches, and ends the launcher and all below it once it is overdue.
    private func launchPatiently(
        _ words: [String], work: FilePath, lifeline: FileDescriptor, within limit: Duration, _ leftovers: Leftovers
    ) async throws(ExecutionError) -> Answer {
        let result = await withTaskGroup(
            of: Result<Answer, ExecutionError>?.self, returning: Result<Answer, ExecutionError>.self
        ) { group in
            group.addTask {
                do throws(ExecutionError) {
                    return .success(try await launch(words, work: work, lifeline: lifeline))
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
            guard case .success(var answer)? = result else {
                return result ?? .failure(.launcher(complaint: "assay-launcher gave no answer"))
            }
            answer.isHung = isHung
            return .success(answer)
        }
        return try result.get()
    }

    private func launch(
        _ words: [String], work: FilePath, lifeline: FileDescriptor
    ) async throws(ExecutionError) -> Answer {
        let answer = try await Launch.start(
            launcher, words, in: work, environment: Self.environment, grace: grace, lifeline: lifeline)
        return Answer(status: answer.status, report: answer.report, complaint: answer.complaint)
    }
}
