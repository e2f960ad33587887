import Foundation
import Subprocess
import SystemPackage
import Testing

/// Every command that a document shows is run, so that the documents cannot rot.
///
/// In a block fenced as `console`, a line that begins with `$ ` is a command. It is run by `sh` in a fresh copy of the
/// repository with the built programs on the PATH and must exit 0; the lines below it are its output, of which `…` stands
/// for anything. A `make` command is not run: its target must exist. In a block fenced as `console needs bpftrace` commands are run
/// where bpftrace can attach a probe, and else are skipped, which is said.
@Suite("Documents", .serialized)
struct DocumentTests {
    struct Command: Sendable, CustomTestStringConvertible {
        let place: String
        let line: String
        let output: [String]
        let needsTracer: Bool
        var testDescription: String { "\(place): \(line)" }
    }

    static let documents: [Repository.SourceFile] = {
        let readme = (try? Repository.text("README.md")).map { Repository.SourceFile(path: "README.md", text: $0) }
        let others = (try? Repository.files(below: ["docs"], ending: ".md")) ?? []  // none: the count test fails
        return [readme].compactMap { $0 } + others
    }()

    static let commands: [Command] = documents.flatMap { document in
        var found: [Command] = []
        var (isConsole, needsTracer) = (false, false)
        for (index, line) in document.lines.enumerated() {
            if line.hasPrefix("```") {
                needsTracer = line == "```console needs bpftrace"
                isConsole = line == "```console" || needsTracer
            } else if isConsole, line.hasPrefix("$ ") {
                found.append(
                    Command(
                        place: "\(document.path):\(index + 1)", line: String(line.dropFirst(2)), output: [],
                        needsTracer: needsTracer))
            } else if isConsole, let last = found.last {
                found[found.count - 1] = Command(
                    place: last.place, line: last.line, output: last.output + [String(line)], needsTracer: needsTracer)
            }
        }
        return found
    }

    @Test("the documents show commands")
    func commandsWereFound() {
        #expect(Self.commands.count >= 5)
    }

    @Test("every command shown works as shown", arguments: commands)
    func commandWorks(command: Command) async throws {
        if command.line.hasPrefix("make ") {
            let target = command.line.split(separator: " ").first { $0 != "make" && !$0.contains("=") }!
            let makefile = try Repository.text("Makefile")
            #expect(makefile.contains("\n\(target): "), "\(command.place): the Makefile has no target '\(target)'")
            return
        }
        if command.needsTracer, let reason = try await Self.tracerHindrance() {
            print("SKIPPED: \(command.place): bpftrace cannot attach a probe here: \(reason)")
            return
        }
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "assay-document-\(UUID().uuidString)")
        try await Repository.copy(to: folder)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let result = try await run(
            .path("/bin/sh"), arguments: ["-c", command.line],
            environment: .inherit.updating(["PATH": "\(Repository.programs.path):/usr/local/bin:/usr/bin:/bin"]),
            workingDirectory: .init(folder.path), output: .string(limit: 1 << 22),
            error: .string(limit: 1 << 20))
        #expect(result.terminationStatus == .exited(0), "\(command.place): \(result.standardError)")
        var rest = result.standardOutput[...]
        for expected in command.output where !expected.isEmpty {
            for piece in expected.split(separator: "…").map({ $0.trimmingCharacters(in: .whitespaces) })
            where !piece.isEmpty {
                guard let range = rest.range(of: piece) else {
                    Issue.record("\(command.place): '\(piece)' is not in the output (or not in this order)")
                    return
                }
                rest = rest[range.upperBound...]
            }
        }
    }

    @Test("what the commands run on is a fresh clone's, without anything that runs left behind")
    func copyIsClean() async throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "assay-document-\(UUID().uuidString)")
        try await Repository.copy(to: folder)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        #expect(paths.contains("Results/virtual-client-counts/verdict.json"))
        #expect(!paths.contains { $0.contains("/runs/") || $0.hasPrefix(".build") })
        let ignored = try await run(
            .name("git"), arguments: ["check-ignore", "Results/virtual-client-counts/runs/some-run/plan.json"],
            workingDirectory: .init(Repository.root.path), output: .string(limit: 1 << 16),
            error: .string(limit: 1 << 16))
        #expect(ignored.terminationStatus == .exited(0), "run data is not ignored by git, and would be copied")
    }

    /// Why bpftrace cannot attach a probe on this machine; nil where it can.
    private static func tracerHindrance() async throws -> String? {
        let result = try await run(
            .path("/bin/sh"), arguments: ["-c", "exec bpftrace -e 'BEGIN { exit(); }'"], output: .discarded,
            error: .string(limit: 1 << 16))
        return result.terminationStatus == .exited(0) ? nil : result.standardError
    }

    @Test("every link to a file leads somewhere", arguments: documents)
    func linksLeadSomewhere(document: Repository.SourceFile) throws {
        let folder = Repository.root.appending(path: document.path).deletingLastPathComponent()
        for match in document.text.matches(of: /\]\(([^)#:\s]+)(?:#[^)]*)?\)/) {
            let target = folder.appending(path: String(match.output.1)).standardizedFileURL
            #expect(
                FileManager.default.fileExists(atPath: target.path),
                "\(document.path) links to \(match.output.1), which is not there")
        }
    }
}
