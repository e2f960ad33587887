import Experiments
import Monitoring
import Synchronization
import SystemPackage
import Testing

@testable import Archiving

@Suite("The environment of a stored trial")
struct RunArchiveEnvironmentTests {
    /// Stores a trial with this file of samples, or without one.
    private func withTrial(
        _ text: String?, _ body: (RunArchive, TrialRecord) throws -> Void
    ) throws {
        try withTemporaryFolder { results in
            let plan = Samples.plan()
            let writer = try RunArchive.create(plan: plan, declaration: [], in: results, secondsSinceEpoch: 0)
            let folder = try writer.stage(plan.trials[0], attempt: 1)
            if let text { try FileSystem().write(Array(text.utf8), to: folder.environment) }
            let record = Samples.record(of: plan.trials[0])
            try writer.commit(record, in: folder)
            try body(writer.archive, record)
        }
    }

    private static let head = "# assay environment, version 1\n\(columns)\n"
    private static let columns =
        "monotonic_ns,cpus,busy_ns,idle_ns,steal_ns,runnable,context_switches,cpu_some_us,memory_some_us,io_some_us,"
        + "swapped_pages,major_faults,program_cpu_ns,program_minor_faults,program_major_faults,core_throttles,"
        + "group_throttles,group_throttled_us,lowest_frequency_khz,sampling_ns"

    @Test("is read back")
    func reads() throws {
        try withTrial(Self.head + "5,2,,,,,,,,,,,,,,,,,,\n") { archive, record in
            let samples = try #require(try archive.environment(of: record)).samples
            #expect(samples.map(\.cpuCount) == [2])
        }
    }

    @Test("is unknown where nobody sampled it, as in a run of an older release")
    func missing() throws {
        try withTrial(nil) { archive, record in
            let samples = try archive.environment(of: record)
            #expect(samples == nil)
        }
    }

    @Test("is refused with the file and the line where it is something else")
    func damaged() throws {
        try withTrial(Self.head + "5,2\n") { archive, record in
            let error = #expect(throws: ArchiveError.self) { try archive.environment(of: record) }
            let path = archive.folder(ofTrial: record.identifier).path.appending("environment.csv")
            #expect(
                error?.description
                    == "\(path): line 3: expected 20 fields, found 2; "
                    + "remove the run's folder or restore the file, then try again")
        }
    }

    @Test("is synced before the trial has its name")
    func synced() throws {
        try withTemporaryFolder { results in
            let synced = Log()
            let fileSystem = FileSystem { (operation, path) throws(ArchiveError) in
                if operation == "sync" || operation == "rename" { synced.append(path.lastComponent?.string ?? "") }
            }
            let plan = Samples.plan()
            let writer = try RunArchive.create(
                plan: plan, declaration: [], in: results, secondsSinceEpoch: 0, fileSystem: fileSystem)
            let folder = try writer.stage(plan.trials[0], attempt: 1)
            try FileSystem().write(Array(Self.head.utf8), to: folder.environment)
            try writer.commit(Samples.record(of: plan.trials[0]), in: folder)
            let names = synced.names
            let place = try #require(names.lastIndex(of: "environment.csv"))
            #expect(place < (names.lastIndex(of: "block-00-cell-000") ?? 0))
        }
    }
}

/// Names in the order in which they came.
private final class Log: Sendable {
    private let storage = Mutex<[String]>([])

    var names: [String] { storage.withLock { $0 } }

    func append(_ name: String) { storage.withLock { $0.append(name) } }
}
