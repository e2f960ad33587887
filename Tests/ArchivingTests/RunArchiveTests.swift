import Experiments
import SystemPackage
import Testing

@testable import Archiving

@Suite("A stored run")
struct RunArchiveTests {
    @Test("reads back the plan, the declaration and every record as they were stored")
    func readsBack() throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            let declaration = Array("question: why?\n".utf8)
            let writer = try RunArchive.create(
                plan: plan, declaration: declaration, in: results, secondsSinceEpoch: 1_795_409_567)
            let first = Samples.record(of: plan.trials[0])
            let second = Samples.record(of: plan.trials[1], outcome: .failed(reason: "It ended with status 3."))
            for record in [first, second] {
                let trial = try #require(plan.trials.first { $0.identifier == record.identifier })
                let folder = try writer.stage(trial, attempt: 1)
                try FileSystem().write([1, 2, 3], to: folder.trace)
                try writer.commit(record, in: folder)
            }

            let archive = try RunArchive.openNewest(experiment: "sample", in: results)

            #expect(archive.identifier.text == "2026-11-23T04-52-47Z-full-seed-18446744073709551615")
            #expect(archive.plan == plan)
            #expect(try archive.declarationText() == "question: why?\n")
            #expect(try archive.completedTrials() == [first])
            #expect(try archive.failedAttempts() == [second])
            #expect(try FileSystem.read(archive.folder(ofTrial: first.identifier).trace) == [1, 2, 3])
            #expect(
                try FileSystem.read(archive.folder(ofTrial: second.identifier, failedAttempt: 1).trace) == [1, 2, 3])
        }
    }

    @Test("lists the trials that are neither finished nor failed for good, with their next attempt")
    func openTrials() throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan(trials: 4, retries: 1)
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            func store(_ index: Int, attempt: Int, _ outcome: TrialRecord.Outcome) throws {
                let folder = try writer.stage(plan.trials[index], attempt: attempt)
                try writer.commit(
                    Samples.record(of: plan.trials[index], attempt: attempt, outcome: outcome), in: folder)
            }
            try store(0, attempt: 1, .finished)
            try store(1, attempt: 1, .failed(reason: "It hung."))
            try store(2, attempt: 1, .failed(reason: "It hung."))
            try store(2, attempt: 2, .failed(reason: "It hung."))

            let open = try writer.archive.openTrials()

            #expect(open.map(\.trial.order) == [1, 3])
            #expect(open.map(\.attempt) == [2, 1])
            #expect(try !writer.archive.isComplete())
            try store(1, attempt: 2, .finished)
            try store(3, attempt: 1, .finished)
            #expect(try writer.archive.isComplete())
        }
    }

    @Test("is found by the name that sorts last, and a run that is being created is not found")
    func newest() throws {
        try withTemporaryFolder { results in
            for seconds in [2_000_000_000, 1_000_000_000, 2_000_000_000] {
                _ = try RunArchive.create(
                    plan: Samples.plan(seed: 7), declaration: [], in: results, secondsSinceEpoch: seconds)
            }
            let runs = results.appending("sample").appending("runs")
            try FileSystem().createFolder(runs.appending(".9999-unborn"))

            #expect(
                try RunArchive.runs(experiment: "sample", in: results).map(\.text) == [
                    "2001-09-09T01-46-40Z-full-seed-7", "2033-05-18T03-33-20Z-full-seed-7",
                    "2033-05-18T03-33-20Z-full-seed-7-2",
                ])
            #expect(
                try RunArchive.openNewest(experiment: "sample", in: results).identifier.text
                    == "2033-05-18T03-33-20Z-full-seed-7-2")
        }
    }

    @Test("that does not exist is a clear error")
    func noRun() throws {
        try withTemporaryFolder { results in
            let error = #expect(throws: ArchiveError.self) {
                try RunArchive.openNewest(experiment: "sample", in: results)
            }
            #expect(
                error?.description
                    == "\(results)/sample/runs: there is no run of sample here; start one with `assay run`")
        }
    }

    @Test(
        "with a plan of a later version, or none at all, is refused with the path and what was found",
        arguments: [
            ("{\"version\": 3}", "expected version 2 or older, found 3; use a release of the same age or newer"),
            (
                "{\"version\": 1}",
                "is no stored Plan: the key 'experiment' is missing; remove the run's folder or restore the file, "
                    + "then try again"
            ),
            (
                "{}",
                "is no stored Plan: the key 'version' is missing; remove the run's folder or restore the file, "
                    + "then try again"
            ),
            (
                "\u{0}\u{1}",
                "is no stored Plan: it is no JSON; remove the run's folder or restore the file, "
                    + "then try again"
            ),
        ])
    func refusesPlan(text: String, complaint: String) throws {
        try withTemporaryFolder { results in
            let writer = try RunArchive.create(
                plan: Samples.plan(), declaration: [], in: results, secondsSinceEpoch: 0)
            let path = writer.archive.path.appending("plan.json")
            try FileSystem().write(Array(text.utf8), to: path)

            let error = #expect(throws: ArchiveError.self) {
                try RunArchive.openNewest(experiment: "sample", in: results)
            }

            #expect(error?.description == "\(path): \(complaint)")
        }
    }

    @Test("refuses a record of a later version, and one that lies in another trial's folder")
    func refusesRecord() throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            let folder = try writer.commit(
                Samples.record(of: plan.trials[0]), in: try writer.stage(plan.trials[0], attempt: 1))
            let record = folder.record
            let stored = try FileSystem.read(record)

            try FileSystem().write(Array("{\"version\": 3}".utf8), to: record)
            #expect(throws: ArchiveError.newerVersion(path: record, found: 3, supported: 2)) {
                try writer.archive.completedTrials()
            }

            try FileSystem().write(stored, to: record)
            let other = writer.archive.folder(ofTrial: plan.trials[1].identifier)
            try FileSystem().rename(folder.path, to: other.path)
            let error = #expect(throws: ArchiveError.self) { try writer.archive.completedTrials() }
            #expect(
                error?.description
                    == "\(other.record): speaks of attempt 1 at block-00-cell-000, which does not belong here; "
                    + "remove the run's folder or restore the file, then try again")
        }
    }

    @Test("is the same bytes for the same values, keys in ascending order")
    func deterministic() throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            let texts = try (0..<2).map { _ in
                let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
                let folder = try writer.commit(
                    Samples.record(of: plan.trials[0]), in: try writer.stage(plan.trials[0], attempt: 1))
                return String(decoding: try FileSystem.read(folder.record), as: UTF8.self)
            }
            #expect(texts[0] == texts[1])
            let keys = texts[0].split(separator: "\n").filter { $0.hasPrefix("  \"") }.map { $0.prefix { $0 != ":" } }
            #expect(keys == keys.sorted())
            #expect(texts[0].contains("\"seed\" : 18446744073709551615"))
        }
    }

    @Test(
        "is not created under a name that is no folder's, and nothing is written",
        arguments: ["", "..", ".hidden", "a/b", "a\u{0}b", String(repeating: "n", count: 201)])
    func refusesNames(name: String) throws {
        try withTemporaryFolder { results in
            #expect(throws: ArchiveError.unfitName(name)) {
                try RunArchive.create(
                    plan: Samples.plan(experiment: name), declaration: [], in: results, secondsSinceEpoch: 0)
            }
            var plan = Samples.plan()
            plan.trials[1].identifier = name
            #expect(throws: ArchiveError.unfitName(name)) {
                try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            }
            let written = try FileSystem.names(in: results)
            #expect(written.isEmpty)
        }
    }
}
