// Whether an outside tracer can watch here is not asked of versions, users and settings, each of which may say yes where the
// answer is no. It is tried, with a trial of which everything is known beforehand: one client that thinks one second, in virtual
// time, makes a request at 0 s, 1 s, … 10 s of a window of 10.5 s, in a few milliseconds. An outside count of 11 says that the
// tracer is there, may attach, attaches in time, sees every event, and ends in order.

import Archiving
import Experiments
import SystemPackage

/// Tries on the bundled simulator whether its probes can be watched on this machine.
public struct TracerCanary: Sendable {
    private let simulator: FilePath
    private let executor: any TrialExecutor

    /// What the simulator is told, and how many requests it then makes.
    static let arguments = [
        "--clock", "virtual", "--clients", "1", "--think-time", "1s", "--network-delay", "0s", "--write-delay", "1ms",
        "--warm-up", "0s", "--measure", "10500ms", "--seed", "1",
    ]
    static let requestCount = 11

    static let observer = Observer(
        name: "canary", script: "canary.bt", text: "usdt:$1:isim:request__start { @requests = count(); }\n",
        pairing: nil)

    public init(simulator: FilePath, executor: some TrialExecutor) {
        self.simulator = simulator
        self.executor = executor
    }

    /// Why probes cannot be watched here, as a whole sentence; nil where they can. It takes about two seconds.
    ///
    /// - Throws: ``ExecutionError`` when the simulator itself cannot be run, or the task was cancelled; ``ArchiveError`` when
    ///   there is no room for it.
    public func complaint() async throws -> String? {
        try await ScratchFolder.with { parent in
            let folder = TrialFolder(path: parent.appending("canary"))
            try FileSystem().createFolder(folder.path)
            try FileSystem().createFolder(folder.work)
            let execution = try await executor.execute(
                TrialRequest(
                    program: simulator, arguments: Self.arguments, folder: folder, timeLimit: .seconds(60),
                    samplesEnvironment: false, observers: [Self.observer]))
            return try Self.complaint(about: execution, in: folder)
        }
    }

    static func complaint(about execution: TrialExecution, in folder: TrialFolder) throws -> String? {
        switch execution.end {
        case .unobserved(let complaint): return complaint.capitalisedFirst
        case .exited(status: 0): break
        default: return "The trial by which this is tried failed: \(execution.end)."
        }
        let path = folder.observerOutput(observer.name)
        let output: TracerOutput
        do {
            output = try TracerOutput(bytes: FileSystem.read(path))
        } catch let error as TracerOutputError {
            return "What bpftrace printed cannot be read: \(error)."
        }
        let count = output.counts["requests"] ?? 0
        return count == requestCount
            ? nil
            : "Of \(requestCount) events that a trial of the simulator has by its parameters, bpftrace counted \(count)."
    }
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
