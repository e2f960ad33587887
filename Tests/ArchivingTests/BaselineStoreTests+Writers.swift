import Glibc
import SystemPackage
import Testing

@testable import Archiving

@Suite("A baseline while it is saved")
struct BaselineWriterTests {
    @Test("belongs to one writer at a time, and a second one is told so")
    func locked() throws {
        try withTemporaryFolder { folder in
            let store = BaselineStore(folder: folder)
            try store.save(BaselineSamples.baseline(), as: "main")
            let second = BaselineSamples.baseline(sessions: [BaselineSamples.session(2)])
            var lock: FolderLock? = try FolderLock(folder)

            let error = #expect(throws: BaselineError.self) { try store.save(second, as: "main") }

            #expect(
                error?.description
                    == "\(folder): another process is changing the baselines there; wait for it to end, then try again")
            #expect(throws: BaselineError.locked(folder: folder)) { try store.remove("main") }
            #expect(try store.read("main").sessions.count == 1)
            withExtendedLifetime(lock) {}
            lock = nil
            #expect(try store.save(second, as: "main").sessions.count == 2)
        }
    }

    @Test("by many writers at once keeps the session of each that was not refused")
    func manyWriters() async throws {
        let folder = FilePath("\(access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp")/assay-baselines-\(getpid())")
        let store = BaselineStore(folder: folder)
        let saved = await withTaskGroup(of: Int?.self) { group in
            for number in 0..<40 {
                group.addTask {
                    var session = BaselineSamples.session()
                    session.seed = UInt64(number)
                    do {
                        try store.save(BaselineSamples.baseline(sessions: [session]), as: "main")
                        return number
                    } catch {
                        return nil
                    }
                }
            }
            return await group.reduce(into: Set<UInt64>()) { set, number in
                if let number { set.insert(UInt64(number)) }
            }
        }
        #expect(!saved.isEmpty)
        #expect(Set(try store.read("main").sessions.map(\.seed)) == saved)
        #expect(try FileSystem.names(in: folder) == ["main.json"])
        try FileSystem().remove(folder)
    }

    @Test("killed before any one of its changes is the old one or the new one, whole", arguments: 0..<12)
    func killed(before change: Int) throws {
        try withTemporaryFolder { folder in
            let first = try BaselineStore(folder: folder).save(BaselineSamples.baseline(), as: "main")
            let death = DyingFileSystem(before: change)
            let second = BaselineSamples.baseline(sessions: [BaselineSamples.session(2)])
            var isSaved = false
            do throws(BaselineError) {
                try BaselineStore(folder: folder, fileSystem: death.fileSystem).save(second, as: "main")
                isSaved = true
            } catch {
                #expect(error == .refused(operation: error.operation, path: error.path, error: .interrupted))
            }
            let now = try BaselineStore(folder: folder).read("main")
            #expect(isSaved ? now.sessions.count == 2 : now == first || now.sessions.count == 2)
            #expect(isSaved == (death.changes <= change))
            // What was left half-written has a name that no reader takes for a baseline, and the next writer replaces it.
            #expect(try BaselineStore(folder: folder).names() == ["main"])
        }
    }

    @Test(
        "on a full disk leaves the old one, and says what to do",
        .enabled(if: mountsAreAllowed, "this user may not mount a small file system"))
    func fullDisk() throws {
        try withTemporaryFolder { folder in
            let full = folder.appending("full")
            try withMount(size: "64k", at: full) {
                let store = BaselineStore(folder: full.appending("Baselines"))
                let first = try store.save(BaselineSamples.baseline(), as: "main")
                let large = BaselineSamples.session(2, values: (0..<20_000).map { Double($0) + 0.123 })

                let error = #expect(throws: BaselineError.self) {
                    try store.save(BaselineSamples.baseline(sessions: [large]), as: "main")
                }

                #expect(
                    error?.description
                        == "\(store.folder)/main.json.partial: cannot write it: no space left on device; "
                        + "free some space, then save it again")
                #expect(try store.read("main") == first)
                #expect(try FileSystem.names(in: store.folder) == ["main.json"])
            }
        }
    }

    @Test("below a file instead of a folder is an error with the next step")
    func fileInsteadOfFolder() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending("Baselines")
            try FileSystem().write([1], to: path)
            let error = #expect(throws: BaselineError.self) {
                try BaselineStore(folder: path).save(BaselineSamples.baseline(), as: "main")
            }
            #expect(
                error?.description
                    == "\(path): cannot create it: file exists; a file stands where a folder should; move it away")
        }
    }
}

extension BaselineError {
    fileprivate var operation: String {
        if case .refused(let operation, _, _) = self { operation } else { "" }
    }

    fileprivate var path: FilePath {
        if case .refused(_, let path, _) = self { path } else { "" }
    }
}
