import Foundation
import Subprocess
import SystemPackage
import Testing

/// A shell in an empty folder with the built programs on the PATH, and the repository's folder as ROOT: where a user's command
/// lines are tried.
enum Shell {
    struct Outcome {
        /// -1 where a signal ended it, which is recorded as an issue.
        var status: Int32
        var output: String
        var errors: String
    }

    static func run(_ line: String) async throws -> Outcome {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "assay-shell-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", line],
            environment: .inherit.updating([
                "PATH": "\(Repository.programs.path):/usr/local/bin:/usr/bin:/bin", "ROOT": "\(Repository.root.path)",
            ]),
            workingDirectory: .init(folder.path), output: .string(limit: 1 << 22), error: .string(limit: 1 << 20))
        guard case .exited(let status) = result.terminationStatus else {
            Issue.record("\(line): \(result.terminationStatus)")
            return Outcome(status: -1, output: result.standardOutput, errors: result.standardError)
        }
        return Outcome(status: status, output: result.standardOutput, errors: result.standardError)
    }
}
