import Archiving
import Glibc
import Running
import SystemPackage
import Testing

/// Whether this user may mount; if not, the test that needs it is reported as skipped.
private let mountsAreAllowed: Bool = {
    var template = Array("/tmp/assay-mount-XXXXXX".utf8CString)
    guard let path = mkdtemp(&template) else { return false }
    defer { rmdir(path) }
    guard mount("tmpfs", path, "tmpfs", 0, "size=16k") == 0 else { return false }
    return umount2(path, Int32(MNT_DETACH)) == 0
}()

@Suite("Running an experiment on a full disk")
struct FullDiskTests {
    @Test(
        "counts no attempt that fails for want of space, stops with the next step, and goes on once there is room",
        arguments: [
            ("No space left on device", "no space left on device"), ("Disk quota exceeded", "disk quota exceeded"),
            ("50 events were lost: the disk was full; free space, or record elsewhere", "no space left on device"),
        ])
    func complaint(text: String, told: String) async throws {
        try await withTemporaryFolder { results in
            let bench = Bench(results: results)
            let executor = FakeExecutor { (count, request) throws(ExecutionError) in
                guard count == 1 else { return .exited(status: 0) }
                do {
                    try FileSystem().write(Array("program: trace: \(text)\n".utf8), to: request.folder.errors)
                } catch {
                    throw .launcher(complaint: "\(error)")
                }
                return .exited(status: 1)
            }

            let error = await bench.error(try bench.create(), executor)

            let archive = try bench.archive()
            #expect(
                error?.description.hasPrefix(
                    "\(archive.path)/staging/block-01-cell-000-attempt-1: cannot write it: \(told); ")
                    == true)
            #expect(error?.description.hasSuffix("then continue with `--resume`") == true)
            #expect(try archive.failedAttempts() == [])
            #expect(try FileSystem.names(in: archive.path.appending("staging")) == [])
            let status = try await bench.run(archive.resume(), FakeExecutor())
            #expect(status.finished == 4)
        }
    }

    @Test(
        "sees for itself that there is no room, whatever the program says of it",
        .enabled(if: mountsAreAllowed, "this user may not mount a small file system"), arguments: [false, true])
    func noRoom(isLauncherFailing: Bool) async throws {
        try await withTemporaryFolder { folder in
            let results = folder.appending("small")
            try FileSystem().createFolder(results)
            try #require(mount("tmpfs", results.string, "tmpfs", 0, "size=4m") == 0)
            defer { #expect(umount2(results.string, Int32(MNT_DETACH)) == 0) }
            let bench = Bench(results: results)
            let executor = FakeExecutor { (count, request) throws(ExecutionError) in
                do {
                    let filler = [UInt8](repeating: 1, count: 3_500_000)
                    if count == 1 { try FileSystem().write(filler, to: request.folder.work.appending("filler")) }
                } catch {
                    throw .launcher(complaint: "\(error)")
                }
                if count == 1 && isLauncherFailing { throw .launcher(complaint: "It cannot open its files.") }
                return .exited(status: Int32(count))
            }

            let error = await bench.error(try bench.create(), executor)

            let archive = try bench.archive()
            let path = archive.path.appending("staging").appending("block-01-cell-000-attempt-1")
            #expect(error == .archive(.fileSystem(operation: "write", path: path, error: .noSpace)))
            #expect(try archive.failedAttempts() == [])
            // The attempt's own files made room as they went.
            let status = try await bench.run(archive.resume(), FakeExecutor())
            #expect(status.finished == 4)
        }
    }
}
