import Experiments
import Synchronization
import SystemPackage
import Testing

@testable import Archiving

/// A file system that is gone from the given change on.
private func interrupted(before limit: Int, _ count: Counter) -> FileSystem {
    FileSystem { (operation, path) throws(ArchiveError) in
        if count.next() >= limit { throw .fileSystem(operation: operation, path: path, error: .interrupted) }
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func next() -> Int {
        count.withLock { count in
            defer { count += 1 }
            return count
        }
    }
}

@Suite("Storing a burst")
struct RunWriterBurstTests {
    /// Stores three trials together, the last of which failed.
    private func commit(_ archive: RunArchive) throws {
        let writer = try archive.resume()
        let trials = archive.plan.trials
        let folder = try writer.stageBurst(from: trials[0])
        try FileSystem().write(Array("samples".utf8), to: folder.environment)
        try FileSystem().write(Array("left".utf8), to: folder.work.appending("junk"))
        let outcomes: [TrialRecord.Outcome] = [.finished, .finished, .failed(reason: "It hung.")]
        let records = zip(trials, outcomes).map { Samples.record(of: $0, outcome: $1) }
        try writer.commit(records, from: folder, errors: "why\n")
    }

    @Test(
        "each trial has its own record and the burst's environment, the failed one its errors, and nothing else is left"
    )
    func stores() throws {
        try withTemporaryFolder { results in
            var writer: RunWriter? = try RunArchive.create(
                plan: Samples.plan(), declaration: [], in: results, secondsSinceEpoch: 0)
            let archive = try #require(writer).archive
            writer = nil
            try commit(archive)
            #expect(try archive.completedTrials().map(\.order) == [0, 1])
            #expect(try archive.failedAttempts().map(\.order) == [2])
            for trial in archive.plan.trials.prefix(2) {
                let folder = archive.folder(ofTrial: trial.identifier)
                #expect(try FileSystem.names(in: folder.path) == ["environment.csv", "trial.json"])
                #expect(try FileSystem.read(folder.environment) == Array("samples".utf8))
            }
            let failed = archive.folder(ofTrial: archive.plan.trials[2].identifier, failedAttempt: 1)
            #expect(try FileSystem.read(failed.errors) == Array("why\n".utf8))
            #expect(try FileSystem.names(in: archive.path.appending("staging")) == [])
        }
    }

    @Test(
        "killed before any one of its changes, each trial is stored whole or not at all, and resuming goes on",
        arguments: 0..<40)
    func killed(before change: Int) throws {
        try withTemporaryFolder { results in
            var writer: RunWriter? = try RunArchive.create(
                plan: Samples.plan(), declaration: [], in: results, secondsSinceEpoch: 0)
            let path = try #require(writer).archive.path
            writer = nil
            let count = Counter()
            do {
                try commit(RunArchive(path: path, fileSystem: interrupted(before: change, count)))
                #expect(count.value <= change, "it ran to its end although it was interrupted")
            } catch is ArchiveError {
                #expect(count.value > change)
            }
            let archive = try RunArchive(path: path)
            for record in try archive.completedTrials() {
                #expect(
                    try FileSystem.read(archive.folder(ofTrial: record.identifier).environment) == Array("samples".utf8)
                )
            }
            let open = try archive.openTrials().map(\.trial.order)
            let stored = try archive.completedTrials().map(\.order)
            #expect(Set(open).isDisjoint(with: stored) && Set(open + stored) == [0, 1, 2])
            _ = try archive.resume()
            #expect(try FileSystem.names(in: path.appending("staging")) == [])
        }
    }

    @Test("where a file can have no second name, it is written again")
    func copies() throws {
        try withTemporaryFolder { folder in
            let (file, other) = (folder.appending("a"), folder.appending("b"))
            try FileSystem().write([1, 2], to: file)
            try FileSystem().link(file, as: other)
            #expect(try FileSystem.read(other) == [1, 2])
            #expect(throws: ArchiveError.self) { try FileSystem().link(file, as: other) }
        }
    }
}
