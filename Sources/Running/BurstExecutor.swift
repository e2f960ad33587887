// A launcher takes milliseconds to be started, more than many a program takes to run. So commands that are short are
// handed to one launcher together: a burst. It starts them one after the other, each in a session of its own, measures
// each, ends what is late, and stops at the first that fails. `assay-benchmark burst` holds what a run costs in a burst
// against a bare loop of posix_spawn and wait4.

import Archiving
import Quantities
import SystemPackage

/// Runs many commands one after the other under one launcher, and measures each: wall time, CPU time and memory.
public struct BurstExecutor: BurstRunner {
    /// The most runs in one burst, and the most bytes that all words of its commands may have together.
    public static let runMaximum = 100_000
    public static let byteMaximum = 32 << 20

    private let process: LauncherProcess
    private let outputLimitBytes: Int

    /// - Parameters:
    ///   - launcher: The path of `assay-launcher`: see ``ProgramLocator/launcher()``.
    ///   - grace: How long a command that is late has between the request to end (SIGTERM) and being killed.
    ///   - outputLimitBytes: The most that a command may write to its standard error; its output is not kept.
    ///   - patience: How long after all time limits the launcher must have answered.
    public init(
        launcher: FilePath, grace: Duration = .seconds(2), outputLimitBytes: Int = 16 << 20,
        patience: Duration = .seconds(30)
    ) {
        process = LauncherProcess(launcher: launcher, grace: grace, patience: patience)
        self.outputLimitBytes = outputLimitBytes
    }

    /// Runs commands in the order given, in a folder that is gone afterwards.
    ///
    /// - Parameters:
    ///   - commands: With absolute paths; at least one.
    ///   - order: Which command each run is of, as an index into the commands; up to ``runMaximum`` runs.
    ///   - timeLimit: Of each run; one that is later is ended.
    /// - Returns: One measurement a run, in the order of running.
    /// - Throws: ``BurstError``: the first run that failed, with what happened; then no run counts. Nothing is running any more
    ///   when this throws or returns, also when the task was cancelled.
    public func run(
        _ commands: [Command], order: [Int], timeLimit: Duration
    ) async throws(BurstError) -> [CommandMeasurement] {
        let execution: BurstExecution
        do {
            execution = try await ScratchFolder.with { path in
                let folder = TrialFolder(path: path)
                try FileSystem().createFolder(folder.work)
                return try await execute(
                    BurstRequest(
                        commands: commands, order: order, folder: folder, timeLimit: timeLimit,
                        samplesEnvironment: false))
            }
        } catch let error as ExecutionError {
            throw .execution(error)
        } catch let error as ArchiveError {
            throw .archive(error)
        } catch {
            throw .execution(.launcher(complaint: "\(error)"))
        }
        if let failure = execution.failure {
            let sentence = Judgement.complaint(of: failure.execution, timeLimit: timeLimit) ?? "It failed."
            throw .runFailed(
                place: failure.place, command: commands[order[failure.place]], end: failure.execution.end,
                reason: sentence + Judgement.quotation(of: failure.errors))
        }
        return execution.measurements
    }

    public func execute(_ request: BurstRequest) async throws(ExecutionError) -> BurstExecution {
        let count = request.order.count
        precondition(count <= Self.runMaximum, "\(count) runs in one burst, where \(Self.runMaximum) are allowed")
        if count == 0 { return BurstExecution(measurements: [], failure: nil) }
        let file = BurstFile(request.commands, order: request.order)
        guard file.bytes.count <= Self.byteMaximum else {
            throw .launcher(
                complaint: "the words of \(request.commands.count) commands have \(file.bytes.count) bytes, and "
                    + "\(Self.byteMaximum) are allowed; run fewer in one burst")
        }
        let (commands, records) = (request.folder.path.appending("commands"), request.folder.path.appending("records"))
        try storing { () throws(ArchiveError) in try FileSystem().write(file.bytes, to: commands) }
        let words =
            [
                "burst", "--time-limit-nanoseconds", "\(request.timeLimit.inNanoseconds)",
                "--grace-nanoseconds", "\(process.grace.inNanoseconds)",
                "--output-limit-bytes", "\(outputLimitBytes)", "--errors", "../errors.txt",
                "--commands", "../commands", "--records", "../records",
            ] + (request.samplesEnvironment ? LauncherProcess.environmentWords("../environment.csv") : [])
        let answer = try await process.answer(
            words, folder: request.folder.path, work: request.folder.work, within: request.timeLimit * count)
        let text = try storing { () throws(ArchiveError) in
            FileSystem.isFile(records) ? String(decoding: try FileSystem.read(records), as: UTF8.self) : ""
        }
        let measurements = try BurstRecords.read(text)
        guard answer.isReport else {
            let end = try answer.endOfKilled()
            return try execution(
                measurements, request,
                TrialExecution(end: end, elapsedNanoseconds: answer.elapsed.inNanoseconds, resources: nil))
        }
        let report = try LaunchReport(line: answer.report)
        guard report.runs == measurements.count else {
            throw .launcher(
                complaint: "assay-launcher reported \(report.runs.map(String.init) ?? "no") runs and recorded "
                    + "\(measurements.count): build all of it anew")
        }
        let last = try report.execution(outputLimitBytes: outputLimitBytes)
        return try execution(measurements, request, measurements.count == count ? nil : last)
    }

    /// - Parameter failed: How the run after the measured ones ended; nil where all were measured.
    private func execution(
        _ measurements: [CommandMeasurement], _ request: BurstRequest, _ failed: TrialExecution?
    ) throws(ExecutionError) -> BurstExecution {
        // A launcher may be killed when it has measured the last run.
        guard let failed, measurements.count < request.order.count else {
            return BurstExecution(measurements: measurements, failure: nil)
        }
        let errors = try storing { () throws(ArchiveError) in
            let path = request.folder.errors
            return FileSystem.isFile(path)
                ? String(decoding: try FileSystem.readTail(of: path, count: 4096), as: UTF8.self) : ""
        }
        return BurstExecution(
            measurements: measurements, failure: .init(place: measurements.count, execution: failed, errors: errors))
    }

    private func storing<Value>(_ body: () throws(ArchiveError) -> Value) throws(ExecutionError) -> Value {
        do {
            return try body()
        } catch .fileSystem(_, _, let error), .unread(_, let error) {
            throw .outputNotStored(error)
        } catch {
            throw .launcher(complaint: "\(error)")
        }
    }
}
