import Experiments
import SystemPackage
import Testing

@testable import Archiving

@Suite("The oracles of a stored run")
struct RunArchiveOracleTests {
    /// Stores every trial of a run: the second one has failed for good.
    private func withRun(
        program: String = "system-simulator", clock: String? = nil, _ body: (RunWriter) throws -> Void
    ) throws {
        try withTemporaryFolder { results in
            var plan = Samples.plan(retries: 0)
            plan.program = program
            if let clock { plan.cells[0].parameters.append(Parameter(name: "clock", value: clock)) }
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            for trial in plan.trials {
                let outcome = trial.order == 1 ? TrialRecord.Outcome.failed(reason: "It hung.") : .finished
                try writer.commit(
                    Samples.record(of: trial, outcome: outcome), in: writer.stage(trial, attempt: 1))
            }
            try body(writer)
        }
    }

    private func store(_ outcome: TrialRecord.Outcome, of trial: PlannedTrial, _ writer: RunWriter) throws {
        let folder = try writer.stageOracle(of: trial)
        try FileSystem().write([1, 2, 3], to: folder.trace)
        var record = Samples.record(of: trial, outcome: outcome)
        record.trace = try TraceSeal(of: folder.trace)
        try writer.commitOracle(record, in: folder)
    }

    @Test("belong to the finished trials, and are open until they are stored, finished or failed")
    func open() throws {
        try withRun { writer in
            let archive = writer.archive
            let first = try #require(try archive.openOracles().first)
            #expect(try archive.openOracles().map(\.order) == [0, 2])
            try store(.finished, of: first, writer)
            #expect(try archive.openOracles().map(\.order) == [2])
            try store(.failed(reason: "It hung."), of: try #require(archive.plan.trials.last), writer)
            #expect(try archive.openOracles() == [])
            let records = try archive.oracleTrials()
            #expect(records.map(\.identifier) == ["block-00-cell-000", "block-02-cell-000"])
            #expect(records.map(\.outcome) == [.finished, .failed(reason: "It hung.")])
            #expect(archive.folder(ofOracle: "x").path == archive.path.appending("oracle").appending("x"))
            #expect(try archive.completedTrials().map(\.order) == [0, 2])
            #expect(try archive.failedAttempts().map(\.order) == [1])
        }
    }

    @Test("there are none of a program that nobody knows, nor of what runs in virtual time already")
    func none() throws {
        try withRun(program: "./program") { writer in
            let open = try writer.archive.openOracles()
            #expect(open == [])
        }
        try withRun(clock: "virtual") { writer in
            let open = try writer.archive.openOracles()
            #expect(open == [])
        }
    }

    @Test("are stored once, and swept from staging where they were broken off")
    func once() throws {
        try withRun { writer in
            let trial = writer.archive.plan.trials[0]
            let abandoned = try writer.stageOracle(of: trial)
            #expect(try writer.stageOracle(of: trial) == abandoned)
            try store(.finished, of: trial, writer)
            let stored = writer.archive.folder(ofOracle: trial.identifier).path
            #expect(throws: ArchiveError.alreadyStored(path: stored)) { try writer.stageOracle(of: trial) }
            #expect(throws: ArchiveError.alreadyStored(path: stored)) {
                try writer.commitOracle(Samples.record(of: trial), in: abandoned)
            }
        }
    }

    @Test("have traces that can be told from others")
    func sealed() throws {
        try withRun { writer in
            let trial = writer.archive.plan.trials[0]
            try store(.finished, of: trial, writer)
            let record = try #require(try writer.archive.oracleTrials().first)
            let untouched = try writer.archive.oracleTraceIsAsRecorded(record)
            #expect(untouched == true)
            try FileSystem().write([1, 2, 4], to: writer.archive.folder(ofOracle: trial.identifier).trace)
            let changed = try writer.archive.oracleTraceIsAsRecorded(record)
            #expect(changed == false)
        }
    }

    @Test("are refused where a record speaks of another trial or attempt")
    func damaged() throws {
        try withRun { writer in
            let trials = writer.archive.plan.trials
            try store(.finished, of: trials[0], writer)
            let folder = writer.archive.folder(ofOracle: trials[0].identifier)
            for (record, complaint) in [
                (Samples.record(of: trials[2]), "speaks of attempt 1 at block-02-cell-000, which does not belong here"),
                (Samples.record(of: trials[0], attempt: 2), "speaks of attempt 2, and an oracle has one"),
            ] {
                try FileSystem().write(StoredJSON.bytes(record, for: folder.record), to: folder.record)
                #expect(throws: ArchiveError.unreadable(path: folder.record, complaint: complaint)) {
                    try writer.archive.oracleTrials()
                }
            }
        }
    }
}
