import Foundation
import Subprocess
import SystemPackage
import Testing

/// The tracer scripts, run by `assay` as a user would; and what it says where that is not possible.
@Suite("Outside tracers")
struct TracerTests {
    static let scripts = ["by-request", "by-thread", "counting", "printing"]

    private static let experiment = """
        question: Do all scripts see what the trace says?
        program: system-simulator
        observers:
          by-request: {script: tracers/by-request.bt, pairing: request}
          by-thread: {script: tracers/by-thread.bt, pairing: thread}
          counting: {script: tracers/counting.bt}
          printing: {script: tracers/printing.bt}
        fixed: {observer: by-request + by-thread + counting + printing}
        factors: {arrivals: [closed, paced(100/s)]}
        trials: 1
        warm-up: 200ms
        measure: 1s
        stages: [request, persist]
        pairings: [request, thread]

        """

    private struct Outcome {
        var status: TerminationStatus
        var errors: String
        /// Where the report is.
        var folder: URL
    }

    /// Runs the experiment in a folder of its own.
    private func run(path: String, _ look: (Outcome) throws -> Void) async throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "assay-tracers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        try FileManager.default.copyItem(
            at: Repository.root.appending(path: "Experiments/tracers"), to: folder.appending(path: "tracers"))
        let file = folder.appending(path: "watched.yaml")
        try Self.experiment.write(to: file, atomically: true, encoding: .utf8)
        let result = try await Subprocess.run(
            .path(FilePath(Repository.programs.appending(path: "assay").path)),
            arguments: ["run", "--results", folder.path, file.path], environment: .inherit.updating(["PATH": path]),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        try look(
            Outcome(
                status: result.terminationStatus, errors: result.standardError,
                folder: folder.appending(path: "watched")))
    }

    @Test("every script of the folder is one that is run here")
    func areAll() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: Repository.root.appending(path: "Experiments/tracers").path)
        #expect(files.sorted() == Self.scripts.map { "\($0).bt" })
    }

    @Test(
        "four at once on one process, each agrees with its trace to the last event; skipped aloud where none can attach"
    )
    func agree() async throws {
        try await run(path: "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin") { outcome in
            let report = try String(contentsOf: outcome.folder.appending(path: "report.md"), encoding: .utf8)
            if outcome.status == .exited(77) {
                print("SKIPPED: the tracer scripts are not run: \(outcome.errors)")
                #expect(report.contains("**This experiment was not run.**"))
                return
            }
            #expect(outcome.status == .exited(0), "\(outcome.errors)")
            // Counts alone: how far means lie apart is a matter of what else the machine does meanwhile.
            let rows = report.split(separator: "\n").map {
                $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            }
            for script in Self.scripts {
                let own = rows.filter { $0.count == 9 && $0[1] == "`\(script)`" }
                #expect(!own.isEmpty, "\(script): \(report)")
                for row in own { #expect(row[3] == row[4], "\(row)") }
                #expect(own.contains { Int($0[3]) ?? 0 > 100 }, "\(script) saw next to nothing")
            }
            #expect(!report.contains("nothing can be said of the outside observer"))
        }
    }

    @Test("without bpftrace an experiment with observers is reported as not run, with the reason and status 77")
    func isNotRun() async throws {
        let tools = URL(filePath: NSTemporaryDirectory()).appending(path: "assay-tools-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: tools) } }
        try FileManager.default.createSymbolicLink(
            at: tools.appending(path: "sha256sum"), withDestinationURL: URL(filePath: "/usr/bin/sha256sum"))
        try await run(path: tools.path) { outcome in
            #expect(outcome.status == .exited(77), "\(outcome.errors)")
            let reason = "There is no bpftrace on the PATH; `scripts/setup tracers` installs it."
            #expect(outcome.errors == "assay: watched is not run: \(reason)\n")
            #expect(try FileManager.default.contentsOfDirectory(atPath: outcome.folder.path) == ["report.md"])
            let report = try String(contentsOf: outcome.folder.appending(path: "report.md"), encoding: .utf8)
            #expect(report.contains("**This experiment was not run.** There is no bpftrace on the PATH"))
        }
    }
}
