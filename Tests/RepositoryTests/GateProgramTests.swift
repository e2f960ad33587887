import Foundation
import Subprocess
import SystemPackage
import Testing

/// `assay compare`, `assay gate` and `assay baseline` as a user and a CI meet them, over the simulator in virtual time.
@Suite("Gate programs")
struct GateProgramTests {
    /// The declaration that this project's own CI gates with.
    private static let gate = Repository.root.appending(path: "Experiments/simulator-gate.yaml").path
    private static let baselines = Repository.root.appending(path: "Baselines").path

    private static let small = """
        question: Is it slower?
        program: system-simulator
        fixed: { clock: virtual, clients: 20, write-delay: exponential(100ms), start: staggered }
        trials: 2
        warm-up: 1s
        measure: 10s
        stages: [request, persist]
        gate:
          metrics: { persist.mean: 5%, throughput: 5% }
        """

    private func assay(
        _ arguments: [String], in folder: URL, _ variables: [Environment.Key: String] = [:]
    ) async throws
        -> ProgramTests.Outcome
    {
        let environment = ["GITHUB_STEP_SUMMARY": "", "GITHUB_ACTIONS": ""].merging(variables) { $1 }
        let result = try await run(
            .path(FilePath(Repository.programs.appending(path: "assay").path)), arguments: Arguments(arguments),
            environment: .inherit.updating(environment), workingDirectory: FilePath(folder.path),
            output: .string(limit: 1 << 22), error: .string(limit: 1 << 22))
        return .init(
            status: result.terminationStatus, output: result.standardOutput, errors: result.standardError,
            written: try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted())
    }

    private func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "assay-gate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        try Self.small.write(to: folder.appending(path: "small.yaml"), atomically: true, encoding: .utf8)
        try await body(folder)
    }

    @Test("this project's own gate passes as the simulator is, value by value")
    func ownGatePasses() async throws {
        try await inFolder { folder in
            let outcome = try await assay(["gate", "--baselines", Self.baselines, Self.gate], in: folder)
            #expect(outcome.status == .exited(0), "\(outcome.errors)\(outcome.output)")
        }
    }

    @Test("permits that are handed out last in, first out, fail this project's own gate")
    func plantedRegressionFails() async throws {
        try await inFolder { folder in
            let outcome = try await assay(
                ["gate", "--baselines", Self.baselines, "--candidate", "queue=lifo", Self.gate], in: folder)
            #expect(outcome.status == .exited(3), "\(outcome.errors)\(outcome.output)")
            #expect(outcome.output.contains("request.p99"))
        }
    }

    @Test("a baseline is saved, listed, shown, held against and removed; another declaration is refused")
    func baselines() async throws {
        try await inFolder { folder in
            let saved = try await assay(["baseline", "save", "small.yaml"], in: folder)
            #expect(saved.status == .exited(0), "\(saved.errors)")
            #expect(saved.output.hasSuffix("\nBaselines/small.json: 1 session\n"), "\(saved.output)")
            let listed = try await assay(["baseline", "list"], in: folder)
            #expect(listed.output.contains("small"))
            let shown = try await assay(["baseline", "show", "small"], in: folder)
            #expect(shown.output.contains("persist.mean"))
            let passed = try await assay(
                ["gate", "small.yaml"], in: folder)
            #expect(passed.status == .exited(0), "\(passed.errors)\(passed.output)")
            let files = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "Results/small-comparison").path)
            #expect(Set(["report.md", "junit.xml", "bencher.json", "comparison.json"]).isSubset(of: files), "\(files)")
            let slower = try await assay(
                ["gate", "small.yaml", "--candidate", "write-delay=exponential(120ms)"], in: folder)
            #expect(slower.status == .exited(3), "\(slower.errors)\(slower.output)")
            try Self.small.replacingOccurrences(of: "10s", with: "11s").write(
                to: folder.appending(path: "small.yaml"), atomically: true, encoding: .utf8)
            let other = try await assay(["gate", "small.yaml"], in: folder)
            #expect(other.status == .exited(65))
            #expect(
                other.errors.hasPrefix("assay: Baselines/small.json: it was saved under another declaration ("),
                "\(other.errors)")
            let removed = try await assay(["baseline", "remove", "small"], in: folder)
            #expect(removed.status == .exited(0))
            let none = try await assay(["gate", "small.yaml"], in: folder)
            #expect(none.status == .exited(66), "\(none.errors)")
        }
    }

    @Test(
        "pairs find a slow-down and confirm it, call nothing a change where there is none, and say both in CI's formats"
    )
    func pairs() async throws {
        try await inFolder { folder in
            let same = try await assay(
                ["gate", "small.yaml", "--baseline", "clients=20", "--pairs", "12"], in: folder,
                ["GITHUB_STEP_SUMMARY": folder.appending(path: "summary.md").path, "GITHUB_ACTIONS": "true"])
            #expect(same.status == .exited(0), "\(same.errors)\(same.output)")
            #expect(same.written.contains("summary.md"))
            let slower = try await assay(
                [
                    "gate", "small.yaml", "--baseline", "clients=20", "--candidate", "write-delay=exponential(120ms)",
                    "--pairs", "20", "--results", "Other",
                ], in: folder, ["GITHUB_STEP_SUMMARY": "/proc/none/summary", "GITHUB_ACTIONS": "true"])
            // A summary that cannot be written takes neither the verdict nor the annotations with it.
            #expect(slower.status == .exited(3), "\(slower.errors)\(slower.output)")
            #expect(slower.output.contains("\n::error title=assay gate%3A small%3A fail::"), "\(slower.output)")
            #expect(slower.errors.contains("/proc/none/summary, which GITHUB_STEP_SUMMARY names: "), "\(slower.errors)")
            #expect(slower.written.contains("Other"))
            let report = try String(
                contentsOf: folder.appending(path: "Other/small-comparison/report.md"), encoding: .utf8)
            #expect(report.contains("persist.mean"))
            // What was run is an ordinary run: it can be audited.
            let audited = try await assay(["audit", "Other/small-comparison"], in: folder)
            #expect([.exited(0), .exited(1)].contains(audited.status), "\(audited.errors)\(audited.output)")
        }
    }

    @Test(
        "a candidate that never comes through is an error after three pairs; one that crashes now and then does not pass"
    )
    func crashes() async throws {
        try await inFolder { folder in
            let program = """
                #!/bin/sh
                [ "$1" = never ] && { echo no such length >&2; exit 7; }
                [ "$1" = seldom ] && [ $(($2 % 3)) = 0 ] && exit 7
                sleep 0.02
                """
            let declaration = """
                question: Is it slower?
                program:
                  command: [./program, "{mode}", "{seed}"]
                fixed: { mode: always }
                trials: 2
                retries: 0
                gate: { metrics: { wall-time: 900% }, pairs: 12 }
                """
            let path = folder.appending(path: "program").path
            try program.write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            try declaration.write(to: folder.appending(path: "crash.yaml"), atomically: true, encoding: .utf8)
            let never = try await assay(
                ["gate", "crash.yaml", "--baseline", "mode=always", "--candidate", "mode=never"], in: folder)
            #expect(never.status == .exited(1) && never.output == "", "\(never.errors)\(never.output)")
            let sentence =
                "assay: crash: the candidate (mode=never) gave no figures, so that there is no verdict: none of its 3"
            #expect(
                never.errors.contains(sentence) && never.errors.contains("no such length; see Results/"),
                "\(never.errors)")
            let files = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "Results/crash-comparison").path)
            #expect(Set(files) == ["junit.xml", "report.md", "runs"], "\(files)")
            let seldom = try await assay(
                ["gate", "crash.yaml", "--baseline", "mode=always", "--candidate", "mode=seldom"], in: folder)
            #expect(seldom.status == .exited(4), "\(seldom.errors)\(seldom.output)")
            #expect(seldom.output.contains("  The candidate lost "), "\(seldom.output)")
        }
    }

    @Test(
        "what cannot be compared is refused with its documented status, and nothing is run",
        arguments: [
            (["compare", "small.yaml"], 64, "assay: name what the candidate is held against"),
            (["compare", "small.yaml", "--baseline", "nowhere"], 69, "assay: nowhere: "),
            (["compare", "small.yaml", "--baseline", "permit=3"], 64, "assay: the baseline sets 'permit'"),
            (["compare", "small.yaml", "--baseline", "permits=3", "--pairs", "5"], 64, "assay: --pairs is 12 to 500"),
            (["compare", "small.yaml", "--baseline", "/bin/none"], 69, "assay: /bin/none: "),
            (
                ["gate", "small.yaml", "--pairs", "9"], 64,
                "assay: --pairs, --seed, --no-control and --resume are of pairs"
            ),
            (
                ["gate", "small.yaml", "--seed", "2"], 64,
                "assay: --pairs, --seed, --no-control and --resume are of pairs"
            ),
            (["gate", "none.yaml"], 66, "assay: none.yaml"),
            (["baseline", "show", "small"], 66, "assay: Baselines/small.json: there is no baseline 'small' here"),
            (["baseline", "remove", "../x"], 64, "assay: '../x' cannot be the name of a baseline"),
            (["baseline", "save", "small.yaml", "--name", "a/b"], 64, "assay: 'a/b' cannot be the name of a baseline"),
        ])
    func refusals(_ arguments: [String], _ status: Int32, _ sentence: String) async throws {
        try await inFolder { folder in
            let outcome = try await assay(arguments, in: folder)
            #expect(outcome.status == .exited(status), "\(outcome.status) \(outcome.errors)")
            #expect(outcome.errors.hasPrefix(sentence), "\(outcome.errors)")
            #expect(outcome.output == "" && outcome.written == ["small.yaml"], "\(outcome.written)")
        }
    }
}
