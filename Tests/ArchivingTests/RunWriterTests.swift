import Experiments
import Glibc
import SystemPackage
import Testing

@testable import Archiving

/// What the process that writes would do, were it not killed: a run with one trial finished, its oracle, and one failed.
private func write(into results: FilePath, fileSystem: FileSystem) throws {
    let plan = Samples.plan(trials: 2, retries: 0)
    let writer = try RunArchive.create(
        plan: plan, declaration: Array("question: why?\n".utf8), in: results, secondsSinceEpoch: 0,
        fileSystem: fileSystem)
    try finish(writer)
}

/// Runs what the archive says is open, oracles last. The program's own files are written past the observed file system.
private func finish(_ writer: RunWriter) throws {
    for (trial, attempt) in try writer.archive.openTrials() {
        let folder = try writer.stage(trial, attempt: attempt)
        try FileSystem().write(Array(trial.identifier.utf8), to: folder.unfinishedTrace)
        try writer.collect(folder)
        let outcome = trial.order == 0 ? TrialRecord.Outcome.finished : .failed(reason: "It hung.")
        try writer.commit(Samples.record(of: trial, attempt: attempt, outcome: outcome), in: folder)
    }
    for trial in try writer.archive.openOracles() {
        let folder = try writer.stageOracle(of: trial)
        try FileSystem().write(Array("virtual".utf8), to: folder.unfinishedTrace)
        try writer.collect(folder)
        try writer.commitOracle(Samples.record(of: trial), in: folder)
    }
}

/// What a second process does after the first was killed.
private func resumeOrCreate(in results: FilePath) throws -> RunWriter {
    let archive: RunArchive
    do {
        archive = try RunArchive.openNewest(experiment: "sample", in: results)
    } catch ArchiveError.noRun {
        return try RunArchive.create(
            plan: Samples.plan(trials: 2, retries: 0), declaration: Array("question: why?\n".utf8), in: results,
            secondsSinceEpoch: 0)
    }
    for record in try archive.completedTrials() {
        let trace = try FileSystem.read(archive.folder(ofTrial: record.identifier).trace)
        #expect(trace == Array(record.identifier.utf8))
    }
    let writer = try archive.resume()
    #expect(try FileSystem.names(in: archive.path.appending("staging")) == [])
    return writer
}

/// How many changes the whole run makes; 0 when it fails, which a test of its own reports.
private let changesOfWholeRun: Int = {
    let interruption = DyingFileSystem(before: .max)
    do {
        try withTemporaryFolder { try write(into: $0, fileSystem: interruption.fileSystem) }
        return interruption.changes
    } catch {
        return 0
    }
}()

@Suite("Writing a run")
struct RunWriterTests {
    @Test("has enough steps for the next test to mean something")
    func steps() {
        #expect(changesOfWholeRun > 40)
    }

    @Test(
        "killed before any one of its changes leaves nothing or the whole, and resuming stores each trial once",
        arguments: 0..<changesOfWholeRun)
    func killed(before change: Int) throws {
        try withTemporaryFolder { results in
            #expect(throws: ArchiveError.self) {
                try write(into: results, fileSystem: DyingFileSystem(before: change).fileSystem)
            }

            let writer = try resumeOrCreate(in: results)
            try finish(writer)

            #expect(try writer.archive.completedTrials().map(\.order) == [0])
            #expect(try writer.archive.failedAttempts().map(\.order) == [1])
            #expect(try writer.archive.oracleTrials().map(\.order) == [0])
            #expect(try writer.archive.declarationText() == "question: why?\n")
            let runs = writer.archive.path.removingLastComponent()
            #expect(try FileSystem.names(in: runs).count == 1, "left beside the run: \(runs)")
            #expect(
                try FileSystem.names(in: writer.archive.path)
                    == ["declaration.yaml", "failed", "lock", "oracle", "plan.json", "staging", "trials"])
            let (archive, first) = (writer.archive, "block-00-cell-000")
            for folder in [archive.folder(ofTrial: first), archive.folder(ofOracle: first)] {
                #expect(try FileSystem.names(in: folder.path) == ["trace", "trial.json"])
            }
        }
    }

    @Test("is refused to a second process, which is told who writes")
    func locked() throws {
        try withTemporaryFolder { results in
            var writer: RunWriter? = try RunArchive.create(
                plan: Samples.plan(), declaration: [], in: results, secondsSinceEpoch: 0)
            let archive = try RunArchive.openNewest(experiment: "sample", in: results)

            let error = #expect(throws: ArchiveError.self) { try archive.resume() }

            #expect(
                error?.description
                    == "\(archive.path): process \(ownProcessIdentifier()) is writing this run; "
                    + "wait for it or end it, then try again")
            #expect(writer?.archive.path == archive.path)
            writer = nil
            _ = try archive.resume()
        }
    }

    @Test("one that is just being made by a living process is not swept by the next, one of a dead process is")
    func sweeps() throws {
        try withTemporaryFolder { results in
            let first = try RunArchive.create(
                plan: Samples.plan(), declaration: [], in: results, secondsSinceEpoch: 0)
            let runs = first.archive.path.removingLastComponent()
            let name = try #require(first.archive.path.lastComponent).string
            // The one that started the tests lives; no system gives out as high a number as the other.
            let (living, dead) = (".\(name)-\(getppid())", ".\(name)-2147483646")
            for unborn in [living, dead] { try FileSystem().createFolder(runs.appending(unborn)) }
            _ = try RunArchive.create(plan: Samples.plan(), declaration: [], in: results, secondsSinceEpoch: 1)
            #expect(try FileSystem.names(in: runs).filter { $0.hasPrefix(".") } == [living])
        }
    }

    @Test("never stores a trial or an attempt twice")
    func storesOnce() throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            let trial = plan.trials[0]
            let folder = try writer.stage(trial, attempt: 1)
            let stored = try writer.commit(Samples.record(of: trial), in: folder)

            #expect(throws: ArchiveError.alreadyStored(path: stored.path)) { try writer.stage(trial, attempt: 2) }
            #expect(throws: ArchiveError.alreadyStored(path: stored.path)) {
                try writer.commit(Samples.record(of: trial), in: folder)
            }
            let failed = Samples.record(of: plan.trials[1], outcome: .failed(reason: "It hung."))
            let kept = try writer.commit(failed, in: try writer.stage(plan.trials[1], attempt: 1))
            #expect(throws: ArchiveError.alreadyStored(path: kept.path)) {
                try writer.stage(plan.trials[1], attempt: 1)
            }
        }
    }

    @Test("stages an empty folder even where a broken-off attempt was left, and discards one without a trace")
    func staging() throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            let first = try writer.stage(plan.trials[0], attempt: 1)
            try FileSystem().createFolders(first.path.appending("deep").appending("er"))
            try FileSystem().write([1], to: first.path.appending("deep").appending("er").appending("file"))

            let second = try writer.stage(plan.trials[0], attempt: 1)

            #expect(second == first)
            #expect(try FileSystem.names(in: second.path) == ["work"])
            #expect(try FileSystem.names(in: second.work) == [])
            try writer.discard(second)
            #expect(!FileSystem.isFolder(second.path))
        }
    }

    @Test("stores an attempt whatever the program made of its working folder", arguments: mischiefs.indices)
    func mischief(index: Int) throws {
        let (name, isTraceKept, act) = Self.mischiefs[index]
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            let folder = try writer.stage(plan.trials[0], attempt: 1)
            try FileSystem().write([1, 2], to: folder.unfinishedTrace)
            try act(folder)

            try writer.collect(folder)
            let record = Samples.record(of: plan.trials[0], outcome: .failed(reason: "It \(name)."))
            let stored = try writer.commit(record, in: folder)

            #expect(try writer.archive.failedAttempts() == [record])
            #expect(FileSystem.isFile(stored.trace) == isTraceKept)
        }
    }

    static let mischiefs: [(String, Bool, @Sendable (TrialFolder) throws -> Void)] = [
        ("removed its folder", false, { try FileSystem().remove($0.work) }),
        ("removed all that it could reach", false, { try FileSystem().remove($0.path) }),
        (
            "renamed its folder", false,
            { try FileSystem().rename($0.work, to: $0.path.removingLastComponent().appending("elsewhere")) }
        ),
        (
            "took the harness's names", true,
            {
                for name in ["trial.json", "trial.json.partial", "output.txt", "work"] {
                    try FileSystem().createFolder($0.work.appending(name))
                }
            }
        ),
        (
            "made a link of its folder", false,
            {
                try FileSystem().rename($0.work, to: $0.path.appending("moved"))
                try #require(symlink("moved", $0.work.string) == 0)
            }
        ),
        (
            "made a folder of its trace", false,
            {
                try FileSystem().remove($0.unfinishedTrace)
                try FileSystem().createFolder($0.unfinishedTrace)
            }
        ),
    ]

    @Test("can read a trace that the program locked, and remove what it locked")
    func locks() throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            let folder = try writer.stage(plan.trials[0], attempt: 1)
            try FileSystem().write([1], to: folder.unfinishedTrace)
            try FileSystem().createFolders(folder.work.appending("inner").appending("most"))
            try #require(chmod(folder.unfinishedTrace.string, 0) == 0)
            try #require(chmod(folder.work.appending("inner").string, 0) == 0)

            try writer.collect(folder)

            var status = stat()
            try #require(stat(folder.trace.string, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o644)
            try writer.discard(folder)
            #expect(!FileSystem.isFolder(folder.path))
        }
    }

    @Test(
        "knows when there is no room left",
        .enabled(if: mountsAreAllowed, "this user may not mount a small file system"))
    func room() throws {
        try withTemporaryFolder { folder in
            let results = folder.appending("small")
            try withMount(size: "4m", at: results) {
                let writer = try RunArchive.create(
                    plan: Samples.plan(), declaration: [], in: results, secondsSinceEpoch: 0)
                #expect(writer.hasRoom)
                try FileSystem().write([UInt8](repeating: 1, count: 3_500_000), to: results.appending("filler"))
                #expect(!writer.hasRoom)
            }
        }
    }
}
