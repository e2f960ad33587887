import Archiving
import Running
import SystemPackage
import Testing

@Suite("Trials for their traces alone")
struct ScratchTrialTests {
    struct Failed: Error {}

    @Test("the trace is read, and nothing is left")
    func trace() async throws {
        try await withTemporaryFolder { parent in
            let executor = FakeExecutor()
            let bytes = try await ScratchFolder.with(in: parent) { folder in
                try await ScratchTrial(program: "/bin/true", executor: executor, timeLimit: .seconds(1))
                    .run(["--trace", "trace"], in: folder.appending("one")) { try FileSystem.read($0) }
            }
            #expect(bytes == Array("events of 0".utf8))
            #expect(executor.requestsMade.map(\.samplesEnvironment) == [false])
            let left = try FileSystem.names(in: parent)
            #expect(left.isEmpty)
        }
    }

    @Test("a program that fails is an error with the end of what it said, and nothing is left")
    func failure() async throws {
        try await withTemporaryFolder { parent in
            let executor = FakeExecutor { (_, request) throws(ExecutionError) in
                do {
                    try FileSystem().write(Array("no room\n".utf8), to: request.folder.errors)
                } catch {
                    throw .launcher(complaint: "\(error)")
                }
                return .exited(status: 3)
            }
            let error = await #expect(throws: ScratchFailure.self) {
                try await ScratchFolder.with(in: parent) { folder in
                    try await ScratchTrial(program: "/bin/false", executor: executor, timeLimit: .seconds(1))
                        .run(["-x"], in: folder.appending("one")) { _ in }
                }
            }
            #expect(error?.description == "/bin/false -x failed (exited(status: 3)): no room")
            let left = try FileSystem.names(in: parent)
            #expect(left.isEmpty)
        }
    }

    @Test("the folder is removed whatever happens in it")
    func removal() async throws {
        try await withTemporaryFolder { parent in
            await #expect(throws: Failed.self) {
                try await ScratchFolder.with(in: parent) { folder in
                    try FileSystem().createFolder(folder.appending("inner"))
                    throw Failed()
                }
            }
            let left = try FileSystem.names(in: parent)
            #expect(left.isEmpty)
        }
    }

    @Test("where no folder can be made, that is said")
    func noFolder() async {
        await #expect(throws: ArchiveError.self) { try await ScratchFolder.with(in: "/nowhere/at/all") { _ in } }
    }
}
