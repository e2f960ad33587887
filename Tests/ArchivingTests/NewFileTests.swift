import Foundation
import SystemPackage
import Testing

@testable import Archiving

@Suite("A file that is written piece by piece")
struct NewFileTests {
    /// A folder of its own, removed afterwards.
    private func inFolder(_ body: (FilePath) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("new-file-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        try body(FilePath(folder.path))
    }

    @Test("it is there whole when it is finished, and not before")
    func whole() throws {
        try inFolder { folder in
            let path = folder.appending("x")
            let file = try NewFile(at: path)
            try file.append([1, 2, 3])
            try file.append([4])
            #expect(!FileSystem.isFile(path))
            try file.overwriteStart([9])
            try file.append([5])
            try file.finish()
            #expect(try FileSystem.read(path) == [9, 2, 3, 4, 5])
            #expect(try FileSystem.names(in: folder) == ["x"])
        }
    }

    @Test("one that is not finished leaves nothing, and what was there stays")
    func unfinished() throws {
        try inFolder { folder in
            let path = folder.appending("x")
            try FileSystem().write([7], to: path)
            do {
                let file = try NewFile(at: path)
                try file.append([1])
            }
            #expect(try FileSystem.read(path) == [7])
            #expect(try FileSystem.names(in: folder) == ["x"])
        }
    }

    @Test("what a killed writer of the same file left is swept, and nobody else's")
    func swept() throws {
        try inFolder { folder in
            // No process has so large a number, and this one lives.
            let kept = ["x.\(getppid()).partial", "y.2147483647.partial", "x.y.partial", "x.partial"]
            for name in kept + ["x.2147483647.partial"] { try FileSystem().write([1], to: folder.appending(name)) }
            let file = try NewFile(at: folder.appending("x"))
            try file.append([2])
            try file.finish()
            #expect(try FileSystem.names(in: folder) == (kept + ["x"]).sorted())
        }
    }

    @Test("a partial file whose writer still holds it is left, whatever number its process has here")
    func held() throws {
        try inFolder { folder in
            let left = folder.appending("x.2147483647.partial")
            try FileSystem().write([1], to: left)
            let other = open(left.string, O_RDONLY)
            defer { close(other) }
            #expect(flock(other, LOCK_EX | LOCK_NB) == 0)
            try NewFile(at: folder.appending("x")).finish()
            #expect(try FileSystem.names(in: folder) == ["x", "x.2147483647.partial"])
        }
    }

    @Test("whatever step the disk refuses, nothing is left", arguments: ["create", "write", "sync", "rename"])
    func refused(operation: String) throws {
        try inFolder { folder in
            let path = folder.appending("x")
            let system = FileSystem { (step: String, path: FilePath) throws(ArchiveError) in
                if step == operation { throw .fileSystem(operation: step, path: path, error: .noSpace) }
            }
            #expect(throws: ArchiveError.self) {
                let file = try NewFile(at: path, fileSystem: system)
                try file.append([1])
                try file.finish()
            }
            let names = try FileSystem.names(in: folder)
            #expect(names.isEmpty)
        }
    }

    @Test("a folder or a link of that name is not replaced")
    func notReplaced() throws {
        try inFolder { folder in
            let link = folder.appending("link")
            try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: "/dev/null")
            for path in [folder, link] {
                #expect(throws: ArchiveError.fileSystem(operation: "replace", path: path, error: .fileExists)) {
                    _ = try NewFile(at: path)
                }
            }
        }
    }
}
