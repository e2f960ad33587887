import Archiving
import Experiments
import Glibc
import SystemPackage
import Testing

@testable import Running

/// With tracers that are shell scripts: what the harness makes of a tracer, whatever this machine allows. Real ones watch real
/// programs in RepositoryTests.
@Suite("Watching a process from outside", .timeLimit(.minutes(5)))
struct ObservedExecutionTests {
    private static let notice = "echo __BPFTRACE_NOTIFY_PROBES_ATTACHED"
    /// Attaches after a moment, and prints when told to end whether the program had run and its copy was still there.
    private static let dutiful = """
        trap 'echo "{\\"type\\": \\"map\\", \\"data\\": {\\"@runs\\": $(cat work/runs | wc -l)}}"; exit 0' TERM
        sleep 0.2; touch attached-${3%.bt}; \(notice)
        while :; do sleep 0.02; done
        """

    /// Runs a program that leaves a line in `runs` under observers of the names, with the script as their tracer.
    private func execute(
        _ tracer: String?, observers: [String] = ["one"],
        program: String = "echo run >> runs; ls .. > seen; echo $0 > name",
        attachLimit: Duration = .seconds(30), _ look: (TrialExecution, TrialFolder) throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            let folder = TrialFolder(path: path.appending("trial"))
            try FileSystem().createFolder(folder.path)
            try FileSystem().createFolder(folder.work)
            try writeScript(program, to: path.appending("program"))
            if let tracer { try writeScript(tracer, to: path.appending("tracer")) }
            let executor = ProcessExecutor(
                launcher: launcher, grace: .milliseconds(200),
                tracer: Tracer(path: tracer == nil ? nil : path.appending("tracer"), attachLimit: attachLimit))
            let execution = try await executor.execute(
                TrialRequest(
                    program: path.appending("program"), arguments: [], folder: folder, timeLimit: .seconds(20),
                    samplesEnvironment: false,
                    observers: observers.map {
                        Observer(name: $0, script: "\($0).bt", text: "// \($0)\n", pairing: nil)
                    }))
            try look(execution, folder)
            // Nobody is left behind, whatever happened.
            #expect(Leftovers(workingIn: folder.path).living().isEmpty)
            #expect(!FileSystem.isFile(folder.path.appending("observed-program")))
        }
    }

    @Test("all are attached before the program starts, and print when it has ended")
    func watches() async throws {
        try await execute(Self.dutiful, observers: ["one", "two"]) { execution, folder in
            #expect(execution.end == .exited(status: 0))
            let seen = String(decoding: try FileSystem.read(folder.work.appending("seen")), as: UTF8.self)
            #expect(seen.contains("attached-observer-one\n") && seen.contains("attached-observer-two\n"))
            #expect(seen.contains("observed-program\n"))
            // From where it works: a path from where the harness works would lead nowhere there.
            let name = String(decoding: try FileSystem.read(folder.work.appending("name")), as: UTF8.self)
            #expect(name == "../observed-program\n")
            for name in ["one", "two"] {
                let output = try TracerOutput(bytes: FileSystem.read(folder.observerOutput(name)))
                #expect(output.counts == ["runs": 1])
                #expect(try FileSystem.read(folder.observerScript(name)) == Array("// \(name)\n".utf8))
            }
        }
    }

    @Test("a notice on standard error is one as well, as other releases print it")
    func otherStream() async throws {
        let tracer = "trap 'exit 0' TERM; \(Self.notice) >&2; while :; do sleep 0.02; done"
        try await execute(tracer) { execution, _ in #expect(execution.end == .exited(status: 0)) }
    }

    @Test(
        "an observer that does not do its part fails the attempt, with its own words",
        arguments: [
            (
                "echo 'bpftrace: ERROR: needs root' >&2; exit 1", false,
                "ended by itself with status 1: ", "bpftrace: ERROR: needs root."
            ),
            (
                "\(notice); while [ ! -e work/runs ]; do sleep 0.02; done; exit 0", true,
                "ended by itself with status 0, ", "without a word."
            ),
            (
                "trap 'echo out of memory >&2; exit 3' TERM; \(notice); while :; do sleep 0.02; done", true,
                "ended with status 3: ", "out of memory."
            ),
        ] as [(String, Bool, String, String)])
    func fails(tracer: String, hasRun: Bool, end: String, words: String) async throws {
        let program = "echo run >> runs; sleep 2"
        try await execute(tracer, program: program) { execution, folder in
            guard case .unobserved(let complaint) = execution.end else {
                Issue.record("\(execution.end)")
                return
            }
            // A shell whose sleep was ended with it may say so as well.
            #expect(complaint.hasPrefix("the observer 'one' (bpftrace) \(end)"), "\(complaint)")
            #expect(complaint.hasSuffix(words), "\(complaint)")
            #expect(FileSystem.isFile(folder.work.appending("runs")) == hasRun)
        }
    }

    @Test("one that never attaches is not waited for without end, and the program is not run")
    func neverAttaches() async throws {
        let tracer = "trap 'exit 0' TERM; while :; do sleep 0.02; done"
        try await execute(tracer, attachLimit: .milliseconds(300)) { execution, folder in
            guard case .unobserved(let complaint) = execution.end else {
                Issue.record("\(execution.end)")
                return
            }
            #expect(complaint.hasPrefix("the observer 'one' was not attached after "))
            #expect(!FileSystem.isFile(folder.work.appending("runs")))
        }
    }

    @Test("where there is no tracer, that is the reason")
    func absent() async throws {
        try await execute(nil) { execution, folder in
            #expect(execution.end == .unobserved(complaint: Tracer.absence))
            #expect(!FileSystem.isFile(folder.work.appending("runs")))
        }
    }

    @Test("what the program did wrong is said before what became of its observers")
    func programFails() async throws {
        try await execute(Self.dutiful, program: "exit 4") { execution, _ in
            #expect(execution.end == .exited(status: 4))
        }
    }
}
