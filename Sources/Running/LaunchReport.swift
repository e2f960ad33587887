import Archiving
import Foundation
import SystemPackage

/// The line of JSON that `assay-launcher` prints: see `Sources/assay-launcher/report.c`, which writes it.
struct LaunchReport: Decodable, Equatable {
    enum End: String, Decodable {
        case exited, signaled
        case notStarted = "not-started"
    }

    /// Why the launcher ended the program; `none` where the program ended by itself.
    enum Cause: String, Decodable {
        case none, lifeline, signal
        case timeLimit = "time-limit"
        case outputLimit = "output-limit"
        case outputFailed = "output-failed"
    }

    var end: End
    /// The exit status, the signal's number or the errno.
    var code: Int32
    var step: String
    var cause: Cause
    var outputErrno: Int32
    /// Of the first write of the environment's samples that failed; 0 if none did.
    var environmentErrno: Int32
    var elapsedNanoseconds: Int64
    var userNanoseconds: Int64
    var systemNanoseconds: Int64
    var peakResidentBytes: Int64
    var voluntarySwitches: Int64
    var involuntarySwitches: Int64
    var minorFaults: Int64
    var majorFaults: Int64
    var leftBehind: Int
    var survivors: Int
    /// In a burst, how many runs have a record; what else is reported is of the run after them, or of the last one.
    var runs: Int?

    init(line: String) throws(ExecutionError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(line.utf8))
        } catch {
            throw .launcher(complaint: "assay-launcher reported '\(line)', which is no report: build all of it anew")
        }
    }

    /// Whether the program ended by itself with status 0, and nothing was left of it.
    var isSuccess: Bool { end == .exited && code == 0 && cause == .none && leftBehind == 0 && survivors == 0 }

    /// What the report says of the trial.
    func execution(outputLimitBytes: Int) throws(ExecutionError) -> TrialExecution {
        let execution = TrialExecution(
            end: try outcome(outputLimitBytes: outputLimitBytes), elapsedNanoseconds: elapsedNanoseconds,
            resources: ResourceUsage(
                userNanoseconds: userNanoseconds, systemNanoseconds: systemNanoseconds,
                peakResidentBytes: peakResidentBytes, voluntarySwitches: voluntarySwitches,
                involuntarySwitches: involuntarySwitches, minorFaults: minorFaults, majorFaults: majorFaults),
            leftBehind: leftBehind, survivors: survivors)
        // The program did its part. But its trial without its environment is another than was declared, and where this
        // could not be written, the next one could not either.
        guard environmentErrno == 0 else { throw .outputNotStored(Errno(rawValue: environmentErrno)) }
        return execution
    }

    private func outcome(outputLimitBytes: Int) throws(ExecutionError) -> TrialExecution.End {
        if end == .notStarted { throw .cannotStart(step: step, error: Errno(rawValue: code)) }
        switch cause {
        case .timeLimit: return .overTimeLimit
        case .outputLimit: return .outputTooLong(limitBytes: outputLimitBytes)
        case .outputFailed: throw .outputNotStored(Errno(rawValue: outputErrno))
        // Both mean that this process asked the launcher to stop: its task was cancelled.
        case .signal, .lifeline: throw .cancelled
        case .none: return end == .exited ? .exited(status: code) : .killed(signal: code)
        }
    }
}
