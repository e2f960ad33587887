import Foundation
import Subprocess
import SystemPackage
import Testing

/// The files of this repository, as the rules below see them.
enum Repository {
    /// The folder that holds Package.swift.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    struct SourceFile: Sendable, CustomTestStringConvertible {
        let path: String
        let text: String
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        var testDescription: String { path }
    }

    /// Every file with that ending below the folders, by path.
    static func files(below folders: [String], ending: String) throws -> [SourceFile] {
        var found: [SourceFile] = []
        for folder in folders {
            let base = root.appending(path: folder)
            guard let walker = FileManager.default.enumerator(atPath: base.path) else {
                throw CocoaError(.fileReadNoSuchFile, userInfo: [NSFilePathErrorKey: base.path])
            }
            for case let path as String in walker where path.hasSuffix(ending) {
                var isFolder: ObjCBool = false
                guard FileManager.default.fileExists(atPath: base.appending(path: path).path, isDirectory: &isFolder),
                    !isFolder.boolValue
                else { continue }
                let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
                found.append(SourceFile(path: "\(folder)/\(path)", text: text))
            }
        }
        return found.sorted { $0.path < $1.path }
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Copies what is committed, or would be, as it stands in the working tree, into a folder that is made for it. What runs have
    /// left in the tree stays there, so that a command does the same work whatever was run before.
    static func copy(to folder: URL) async throws {
        let listed = try await run(
            .name("git"), arguments: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            workingDirectory: FilePath(root.path), output: .string(limit: 1 << 22), error: .string(limit: 1 << 16))
        try #require(listed.terminationStatus == .exited(0), "git ls-files: \(listed.standardError)")
        var folders: Set<String> = []
        for path in listed.standardOutput.split(separator: "\0").map(String.init) {
            let source = root.appending(path: path)
            // Deleted, and not committed yet.
            guard FileManager.default.fileExists(atPath: source.path) else { continue }
            let target = folder.appending(path: path)
            let parent = target.deletingLastPathComponent()
            if folders.insert(parent.path).inserted {
                try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            }
            try FileManager.default.copyItem(at: source, to: target)
        }
    }

    /// The folder of the programs that were built together with these tests.
    static let programs: URL = {
        // The test runner lies beside them, or in a bundle beside them.
        var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        while folder.path != "/", !FileManager.default.isExecutableFile(atPath: folder.appending(path: "assay").path) {
            folder.deleteLastPathComponent()
        }
        return folder
    }()
}
