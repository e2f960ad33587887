import Experiments
import SystemPackage
import Testing

@testable import Archiving

@Suite("A stored run that somebody touched")
struct RunArchiveDamageTests {
    @Test("is read past strangers: what is named like no run, no trial and no attempt is nobody's business here")
    func strangers() throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            let first = Samples.record(of: plan.trials[0])
            try writer.commit(first, in: try writer.stage(plan.trials[0], attempt: 1))
            let path = writer.archive.path
            let name = path.lastComponent?.string ?? ""
            let folders = [
                "trials/foo", "failed/foo", "failed/block-00-cell-000-attempt-0", "failed/block-00-cell-000-attempt-x",
                "failed/block-09-cell-000-attempt-1", "../zzz-backup", "../\(name)-backup", "../\(name)-", "../.git",
                "../zzz-\(name)",
            ]
            for folder in folders { try FileSystem().createFolder(FilePath("\(path)/\(folder)")) }
            for file in ["trials/.DS_Store", "failed/.DS_Store", "../.DS_Store", "../.git/config"] {
                try FileSystem().write([1], to: FilePath("\(path)/\(file)"))
            }

            let archive = try RunArchive.openNewest(experiment: "sample", in: results)

            #expect(archive.path == path)
            #expect(try RunArchive.runs(experiment: "sample", in: results).map(\.text) == [name])
            #expect(try archive.completedTrials() == [first])
            #expect(try archive.failedAttempts() == [])
            #expect(try archive.openTrials().map(\.trial.order) == [1, 2])
            let second = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 1)
            #expect(try RunArchive.openNewest(experiment: "sample", in: results).path == second.archive.path)
            #expect(FileSystem.isFile(path.removingLastComponent().appending(".git").appending("config")))
        }
    }

    @Test(
        "with a file gone is an error of reading, which no free space and no permission to write would mend",
        arguments: ["plan.json", "declaration.yaml", "trials/block-00-cell-000/trial.json"])
    func fileGone(name: String) throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            try writer.commit(
                Samples.record(of: plan.trials[0]), in: try writer.stage(plan.trials[0], attempt: 1))
            let path = writer.archive.path.pushing(FilePath(name))
            try FileSystem().remove(path)

            let error = #expect(throws: ArchiveError.self) {
                let archive = try RunArchive.openNewest(experiment: "sample", in: results)
                _ = try archive.declarationText()
                _ = try archive.completedTrials()
            }

            #expect(
                error?.description
                    == "\(path): cannot read it: no such file or directory; restore it, or begin a new run")
        }
    }

    @Test("is whole without the folders that hold nothing, which neither git nor an archive of files would keep")
    func emptyFoldersGone() throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            var writer: RunWriter? = try RunArchive.create(
                plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            let archive = try #require(writer).archive
            writer = nil
            for name in ["trials", "failed", "staging"] { try FileSystem().remove(archive.path.appending(name)) }

            #expect(try archive.completedTrials() == [])
            #expect(try archive.failedAttempts() == [])
            let resumed = try archive.resume()
            let failed = Samples.record(of: plan.trials[1], outcome: .failed(reason: "It hung."))
            try resumed.commit(failed, in: try resumed.stage(plan.trials[1], attempt: 1))
            #expect(try archive.failedAttempts() == [failed])
        }
    }

    @Test("refuses a record that contradicts the plan")
    func contradiction() throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            var record = Samples.record(of: plan.trials[0])
            record.cellIndex = 7
            let stored = try writer.commit(record, in: try writer.stage(plan.trials[0], attempt: 1))
            let complaint = "speaks of block-00-cell-000 otherwise than the plan does"
            #expect(throws: ArchiveError.unreadable(path: stored.record, complaint: complaint)) {
                try writer.archive.completedTrials()
            }
        }
    }

    @Test("goes on after the last attempt, even where an earlier one was removed")
    func attemptRemoved() throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan(trials: 1, retries: 2)
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            for attempt in 1...2 {
                let record = Samples.record(of: plan.trials[0], attempt: attempt, outcome: .failed(reason: "It hung."))
                try writer.commit(record, in: try writer.stage(plan.trials[0], attempt: attempt))
            }
            let gone = writer.archive.folder(ofTrial: "block-00-cell-000", failedAttempt: 1)
            try FileSystem().remove(gone.path)
            #expect(try writer.archive.openTrials().map(\.attempt) == [3])
        }
    }

    @Test("does not lie in a folder without a name, which would be the working directory")
    func namelessResults() {
        #expect(throws: ArchiveError.unfitName("")) {
            try RunArchive.create(plan: Samples.plan(), declaration: [], in: "", secondsSinceEpoch: 0)
        }
        #expect(throws: ArchiveError.unfitName("")) { try RunArchive.openNewest(experiment: "sample", in: "") }
        #expect(throws: ArchiveError.unfitName("")) { try ReportFolder(experiment: "sample", in: "") }
    }
}
