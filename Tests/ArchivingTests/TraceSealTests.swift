import Experiments
import SystemPackage
import Testing

@testable import Archiving

@Suite("The seal of a trace")
struct TraceSealTests {
    /// What was done to a trace of the bytes 1, 2, 3 since, and whether it still is the one recorded.
    static let changes: [(change: @Sendable (FilePath) throws -> Void, isAsRecorded: Bool)] = [
        ({ _ in }, true),
        ({ try FileSystem().write([1, 2, 3], to: $0) }, true),
        ({ try FileSystem().write([1, 2, 4], to: $0) }, false),
        ({ try FileSystem().write([1, 2], to: $0) }, false),
        ({ try FileSystem().remove($0) }, false),
    ]

    @Test("tells the trace that was recorded from any other", arguments: changes.indices)
    func change(index: Int) throws {
        let (change, isAsRecorded) = Self.changes[index]
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            let folder = try writer.stage(plan.trials[0], attempt: 1)
            try FileSystem().write([1, 2, 3], to: folder.trace)
            var record = Samples.record(of: plan.trials[0])
            record.trace = try TraceSeal(of: folder.trace)
            let stored = try writer.commit(record, in: folder)
            try change(stored.trace)

            let read = try #require(try writer.archive.completedTrials().first)
            #expect(try writer.archive.traceIsAsRecorded(read) == isAsRecorded)
        }
    }

    @Test("is unknown in a record of the first version, which is read as ever")
    func firstVersion() throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            let folder = try writer.stage(plan.trials[0], attempt: 1)
            var record = Samples.record(of: plan.trials[0])
            record.version = 1
            let stored = try writer.commit(record, in: folder)
            #expect(!String(decoding: try FileSystem.read(stored.record), as: UTF8.self).contains("\"trace\""))

            #expect(try writer.archive.completedTrials() == [record])
            #expect(try writer.archive.traceIsAsRecorded(record) == nil)
        }
    }

    @Test("is none where there is no trace")
    func noTrace() throws {
        #expect(try TraceSeal(of: "/nonexistent/trace") == nil)
    }
}
