import Archiving
import Experiments
import Subprocess
import Synchronization
import SystemPackage

/// One bpftrace that watches one trial, under a launcher of its own: which bounds it, and ends it with this process.
final class ObserverProcess: Sendable {
    let observer: Observer
    private let launch: Launch
    private let folder: TrialFolder
    private let lifeline: Lifeline
    private let answer = Mutex<Result<LaunchReport, ExecutionError>?>(nil)

    /// What bpftrace prints once the kernel has all of its probes. It is made for bpftrace's own tests, in every release since
    /// 0.11; "Attaching 8 probes..." is printed before, and BEGIN runs before.
    private static let notice = "__BPFTRACE_NOTIFY_PROBES_ATTACHED"

    /// Maps of 65 536 keys, and 4 MiB of buffer a CPU for what is printed. Each limit has two names, of which a release knows
    /// one.
    private static let environment: [Environment.Key: String] = [
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC", "__BPFTRACE_NOTIFY_PROBES_ATTACHED": "1",
        "BPFTRACE_MAP_KEYS_MAX": "65536", "BPFTRACE_MAX_MAP_KEYS": "65536", "BPFTRACE_PERF_RB_PAGES": "1024",
    ]

    /// - Parameters:
    ///   - tracer: The path of `bpftrace`.
    ///   - program: The name of the watched program's file in the folder.
    ///   - timeLimit: How long it may run in all.
    init(
        _ observer: Observer, tracer: FilePath, launcher: FilePath, program: String, in folder: TrialFolder,
        timeLimit: Duration
    ) throws(ExecutionError) {
        self.observer = observer
        self.folder = folder
        lifeline = try Lifeline()
        func name(_ path: FilePath) -> String { path.lastComponent?.string ?? path.string }
        launch = Launch(
            launcher: launcher, program: tracer,
            // Names from where it works: a folder's name may hold what a probe's name must not.
            arguments: ["-f", "json", name(folder.observerScript(observer.name)), "./\(program)"], folder: folder.path,
            environment: Self.environment, output: name(folder.observerOutput(observer.name)),
            errors: name(folder.observerErrors(observer.name)), timeLimit: timeLimit, grace: .seconds(20),
            outputLimitBytes: 256 << 20)
    }

    /// Runs it until it ends, or is stopped.
    func run() async {
        let result: Result<LaunchReport, ExecutionError>
        do throws(ExecutionError) {
            let answer = try await launch.run(lifeline: lifeline.theirs)
            guard answer.status == .exited(0) else {
                throw .launcher(complaint: "its launcher ended with \(answer.status): \(answer.complaint)")
            }
            result = .success(try LaunchReport(line: answer.report))
        } catch {
            result = .failure(error)
        }
        answer.withLock { $0 = result }
    }

    /// Has the launcher end it, by SIGTERM, at which it prints what it has counted.
    func stop() { lifeline.cut() }

    var hasEnded: Bool { answer.withLock { $0 != nil } }

    /// Whether it has ended, and not because it was told to.
    var hasEndedByItself: Bool {
        switch answer.withLock({ $0 }) {
        case .success(let report)?: report.cause == .none
        case .failure?: true
        case nil: false
        }
    }

    /// Whether the kernel has all of its probes.
    var isAttached: Bool {
        // Releases differ in the stream.
        [folder.observerOutput(observer.name), folder.observerErrors(observer.name)].contains { path in
            guard FileSystem.isFile(path) else { return false }
            do {
                return String(decoding: try FileSystem.readTail(of: path, count: 1 << 16), as: UTF8.self).contains(
                    Self.notice)
            } catch {
                // It cannot be read yet; whoever waits has a limit.
                return false
            }
        }
    }

    /// Why it did not watch as it should, once it has ended; nil if it did. Only an observer that was told to stop, and then
    /// ended with status 0, has seen all there was.
    var complaint: String? {
        guard let result = answer.withLock({ $0 }) else { return nil }
        switch result {
        case .failure(.launcher(let complaint)): return "the observer '\(observer.name)' failed: \(complaint)"
        case .failure(let error): return "the observer '\(observer.name)' failed: \(error)"
        case .success(let report):
            if report.end == .exited, report.code == 0, report.cause == .lifeline { return nil }
            let end: String
            switch (report.end, report.cause) {
            case (.notStarted, _): end = "could not be started (\(report.step): \(Errno(rawValue: report.code)))"
            case (_, .timeLimit): end = "was still running at its time limit"
            case (_, .outputLimit): end = "wrote more than \(launch.outputLimitBytes) bytes"
            case (.signaled, _): end = "was killed by signal \(report.code)"
            case (.exited, .none): end = "ended by itself with status \(report.code)"
            case (.exited, _): end = "ended with status \(report.code)"
            }
            return "the observer '\(observer.name)' (bpftrace) \(end)\(quotation)"
        }
    }

    /// What it complained of, on one line.
    private var quotation: String {
        do {
            let text = String(
                decoding: try FileSystem.readTail(of: folder.observerErrors(observer.name), count: 400), as: UTF8.self)
            let lines = text.split(whereSeparator: \.isNewline).filter { !$0.contains(Self.notice) }
            return lines.isEmpty ? ", without a word" : ": \(lines.joined(separator: " / "))"
        } catch {
            return ": \(error)"
        }
    }
}
