import Foundation
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
