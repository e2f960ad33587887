// The look is a trial of a program that sleeps, under the launcher that samples every trial: what it sees is what a trial's
// environment will hold, and what it cannot see, no trial's will.

import Archiving
import Diagnosing
import Monitoring
import Running
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a machine could not be looked at, as the end of a sentence.
enum LookError: Error, Equatable, CustomStringConvertible {
    case cancelled
    case failed(String)

    var description: String {
        switch self {
        case .cancelled: "it was interrupted"
        case .failed(let reason): reason
        }
    }
}

extension MachineLook {
    /// Looks at this machine.
    ///
    /// - Parameter launcher: The path of `assay-launcher`.
    static func taken(for time: Duration, launcher: FilePath) async throws(LookError) -> MachineLook {
        let before = ProcessTimes(.system)
        let samples: [EnvironmentSample]
        do {
            samples = try await ScratchFolder.with(in: "/tmp") { path in
                let folder = TrialFolder(path: path)
                try FileSystem().createFolder(folder.work)
                _ = try await ProcessExecutor(launcher: launcher).execute(
                    TrialRequest(
                        program: "/bin/sleep", arguments: ["\(time.components.seconds)"], folder: folder,
                        timeLimit: time + .seconds(30)))
                let text = String(decoding: try FileSystem.read(folder.environment), as: UTF8.self)
                return try EnvironmentSamples(text: text).samples
            }
        } catch ExecutionError.cancelled {
            throw .cancelled
        } catch {
            throw .failed("\(error)")
        }
        guard let first = samples.first, let last = samples.last, first.nanoseconds < last.nanoseconds else {
            throw .failed("the launcher took no samples")
        }
        let seconds = Double(last.nanoseconds - first.nanoseconds) / 1e9
        let busiest = before.busiest(
            until: ProcessTimes(.system), seconds: seconds, ticksPerSecond: sysconf(Int32(_SC_CLK_TCK)),
            except: [getpid()])
        return MachineLook(
            seconds: seconds,
            figures: EnvironmentFigures(
                of: EnvironmentSamples(samples: samples), startNanoseconds: first.nanoseconds,
                endNanoseconds: last.nanoseconds),
            busiest: busiest)
    }
}
