import Archiving
import Experiments
import SystemPackage
import Testing

@testable import Running

@Suite("Whether probes can be watched")
struct TracerCanaryTests {
    /// Leaves what a tracer would, without running anything.
    private struct MadeUp: TrialExecutor {
        var end: TrialExecution.End
        var output: String?

        func execute(_ request: TrialRequest) async throws(ExecutionError) -> TrialExecution {
            do {
                if let output {
                    try FileSystem().write(Array(output.utf8), to: request.folder.observerOutput("canary"))
                }
            } catch {
                throw .launcher(complaint: "\(error)")
            }
            return TrialExecution(end: end, elapsedNanoseconds: 1, resources: nil)
        }
    }

    @Test(
        "only an exact count says that they can",
        arguments: [
            (TrialExecution.End.exited(status: 0), "{\"type\": \"map\", \"data\": {\"@requests\": 11}}", nil),
            (
                .exited(status: 0), "{\"type\": \"map\", \"data\": {\"@requests\": 10}}",
                "Of 11 events that a trial of the simulator has by its parameters, bpftrace counted 10."
            ),
            (
                .exited(status: 0), "",
                "Of 11 events that a trial of the simulator has by its parameters, bpftrace counted 0."
            ),
            (
                .exited(status: 0), "{\"type\": ",
                "What bpftrace printed cannot be read: line 1 of the tracer's output is no JSON object as bpftrace prints them."
            ),
            (
                .unobserved(complaint: "the observer 'canary' (bpftrace) ended by itself with status 1: not root."), "",
                "The observer 'canary' (bpftrace) ended by itself with status 1: not root."
            ),
        ] as [(TrialExecution.End, String, String?)])
    func judges(end: TrialExecution.End, output: String, complaint: String?) async throws {
        let canary = TracerCanary(simulator: "/bin/none", executor: MadeUp(end: end, output: output))
        #expect(try await canary.complaint() == complaint)
    }

    @Test("its trial has as many requests as it says, by the simulator's own count")
    func count() async throws {
        try await withTemporaryFolder { path in
            let folder = TrialFolder(path: path.appending("trial"))
            try FileSystem().createFolder(folder.path)
            try FileSystem().createFolder(folder.work)
            let execution = try await ProcessExecutor(launcher: launcher).execute(
                TrialRequest(
                    program: launcher.removingLastComponent().appending("system-simulator"),
                    arguments: TracerCanary.arguments + ["--json"], folder: folder, timeLimit: .seconds(60),
                    samplesEnvironment: false))
            #expect(execution.end == .exited(status: 0))
            let line = TrialEvidence.lastLine(of: String(decoding: try FileSystem.read(folder.output), as: UTF8.self))
            #expect(ReportedNumbers.read(line).numbers?["requestsStarted"] == Double(TracerCanary.requestCount))
        }
    }
}
