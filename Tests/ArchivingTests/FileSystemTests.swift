import Experiments
import Glibc
import SystemPackage
import Testing

@testable import Archiving

func ownProcessIdentifier() -> Int32 { getpid() }

/// Mounts a memory file system for the body.
func withMount(size: String, at path: FilePath, _ body: () throws -> Void) throws {
    try FileSystem().createFolders(path)
    guard mount("tmpfs", path.string, "tmpfs", 0, "size=\(size)") == 0 else { throw Errno(rawValue: errno) }
    let result = Result { try body() }
    #expect(umount2(path.string, Int32(MNT_DETACH)) == 0)
    try result.get()
}

/// Whether this user may mount; if not, the tests that need it are reported as skipped.
let mountsAreAllowed: Bool = {
    do {
        try withTemporaryFolder { try withMount(size: "16k", at: $0.appending("mount")) {} }
        return true
    } catch {
        return false
    }
}()

@Suite("Files of an archive")
struct FileSystemTests {
    @Test(
        "on a full disk: a run is not created, the error has the next step, and nothing is left",
        .enabled(if: mountsAreAllowed, "this user may not mount a small file system"))
    func fullDiskAtCreation() throws {
        try withTemporaryFolder { folder in
            let results = folder.appending("full")
            try withMount(size: "64k", at: results) {
                let error = #expect(throws: ArchiveError.self) {
                    try RunArchive.create(
                        plan: Samples.plan(), declaration: [UInt8](repeating: 1, count: 100_000), in: results,
                        secondsSinceEpoch: 0)
                }
                let text = try #require(error).description
                #expect(text.contains("/declaration.yaml.partial: cannot write it: no space left on device; free some"))
                #expect(text.hasSuffix("; free some space, then continue with `--resume`"))
                #expect(try FileSystem.names(in: results.appending("sample").appending("runs")) == [])
            }
        }
    }

    @Test(
        "on a full disk: a trial is not stored, what was stored before stays, and once there is room it is stored",
        .enabled(if: mountsAreAllowed, "this user may not mount a small file system"))
    func fullDiskAtCommit() throws {
        try withTemporaryFolder { folder in
            let results = folder.appending("full")
            try withMount(size: "128k", at: results) {
                let plan = Samples.plan()
                let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
                let first = Samples.record(of: plan.trials[0])
                try writer.commit(first, in: try writer.stage(plan.trials[0], attempt: 1))
                let second = Samples.record(of: plan.trials[1])
                let staged = try writer.stage(plan.trials[1], attempt: 1)
                let filler = results.appending("filler")
                fill(filler)

                let error = #expect(throws: ArchiveError.self) { try writer.commit(second, in: staged) }

                #expect(error?.description.contains("no space left on device") == true)
                #expect(try writer.archive.completedTrials() == [first])
                #expect(try FileSystem.names(in: staged.path) == ["work"])
                try FileSystem().remove(filler)
                try writer.commit(second, in: staged)
                #expect(try writer.archive.completedTrials() == [first, second])
            }
        }
    }

    @Test(
        "on a read-only file system: a typed error with the next step",
        .enabled(if: mountsAreAllowed, "this user may not mount a small file system"))
    func readOnly() throws {
        try withTemporaryFolder { folder in
            let results = folder.appending("read-only")
            try withMount(size: "128k", at: results) {
                let flags = UInt(MS_REMOUNT) | UInt(MS_RDONLY)
                try #require(mount("tmpfs", results.string, "tmpfs", flags, nil) == 0)
                let error = #expect(throws: ArchiveError.self) {
                    try RunArchive.create(plan: Samples.plan(), declaration: [], in: results, secondsSinceEpoch: 0)
                }
                #expect(
                    error?.description
                        == "\(results)/sample: cannot create it: read-only file system; "
                        + "make the file system writable, or work in another folder")
            }
        }
    }

    @Test(
        "in a folder without permission: a typed error with the next step",
        .enabled(if: geteuid() != 0, "permissions do not bind this user"))
    func missingPermission() throws {
        try withTemporaryFolder { folder in
            try #require(chmod(folder.string, 0o555) == 0)
            let error = #expect(throws: ArchiveError.self) {
                try RunArchive.create(plan: Samples.plan(), declaration: [], in: folder, secondsSinceEpoch: 0)
            }
            #expect(
                error?.description
                    == "\(folder)/sample: cannot create it: permission denied; "
                    + "give this user the right to write there, or work in another folder")
        }
    }

    @Test("below a file instead of a folder: a typed error with the next step")
    func fileInsteadOfFolder() throws {
        try withTemporaryFolder { folder in
            let results = folder.appending("Results")
            try FileSystem().write([1], to: results)
            let error = #expect(throws: ArchiveError.self) {
                try RunArchive.create(plan: Samples.plan(), declaration: [], in: results, secondsSinceEpoch: 0)
            }
            #expect(
                error?.description
                    == "\(results): cannot create it: file exists; a file stands where a folder should; move it away")
        }
    }

    @Test("a folder behind a link is a folder to write in, but is not descended into when it is removed")
    func links() throws {
        try withTemporaryFolder { folder in
            let target = folder.appending("target")
            let link = folder.appending("link")
            try FileSystem().createFolder(target)
            try #require(symlink(target.string, link.string) == 0)

            try FileSystem().createFolders(link.appending("inner"))
            try FileSystem().remove(link)

            #expect(FileSystem.isFolder(target.appending("inner")))
            #expect(!FileSystem.isFolder(link))
        }
    }

    @Test("the tail of a file is its last bytes", arguments: [(0, ""), (2, "yz"), (3, "xyz"), (9, "xyz")])
    func tail(count: Int, text: String) throws {
        try withTemporaryFolder { folder in
            let path = folder.appending("file")
            try FileSystem().write(Array("xyz".utf8), to: path)
            #expect(try FileSystem.readTail(of: path, count: count) == Array(text.utf8))
        }
    }
}

/// Writes until nothing more fits.
private func fill(_ path: FilePath) {
    let file = open(path.string, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    defer { close(file) }
    let bytes = [UInt8](repeating: 1, count: 4096)
    while write(file, bytes, bytes.count) > 0 {}
}
