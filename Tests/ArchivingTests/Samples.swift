import Archiving
import Experiments
import Glibc
import SystemPackage
import Testing

/// Values for the tests of this room.
enum Samples {
    static func plan(trials: Int = 3, retries: Int = 1, experiment: String = "sample", seed: UInt64 = .max) -> Plan {
        Plan(
            experiment: experiment, profile: "full", seed: seed, declarationDigest: String(repeating: "ab", count: 32),
            program: "system-simulator",
            schedule: Schedule(
                trials: trials, warmUpNanoseconds: 1_000_000_000, measureNanoseconds: 2_000_000_000,
                timeLimitNanoseconds: 10_000_000_000, retries: retries),
            cells: [
                Cell(
                    index: 0, choices: [LevelChoice(factor: "clients", label: "15")],
                    parameters: [Parameter(name: "clients", value: "15")])
            ],
            trials: (0..<trials).map {
                PlannedTrial(identifier: "block-0\($0)-cell-000", order: $0, block: $0, cellIndex: 0, seed: .max)
            })
    }

    static func record(
        of trial: PlannedTrial, attempt: Int = 1, outcome: TrialRecord.Outcome = .finished
    ) -> TrialRecord {
        TrialRecord(
            identifier: trial.identifier, cellIndex: trial.cellIndex, block: trial.block, order: trial.order,
            seed: trial.seed, attempt: attempt, command: ["/bin/program", "--clients", "15"],
            startedAt: "2026-11-23T04:52:47Z", elapsedNanoseconds: 3_000_000_000, outcome: outcome,
            resources: ResourceUsage(
                userNanoseconds: 1, systemNanoseconds: 2, peakResidentBytes: 3, voluntarySwitches: 4,
                involuntarySwitches: 5, minorFaults: 6, majorFaults: 7),
            reported: ["requestsDone": 1497, "cpuSeconds": 0.25],
            provenance: Provenance(
                revision: "0123abc", revisionIsModified: false, binaryDigest: nil, toolchain: nil, host: "host",
                kernel: nil, processorModel: nil, processorCount: 2))
    }
}

/// Gives the body a folder of its own and removes it afterwards.
func withTemporaryFolder<Result>(_ body: (FilePath) throws -> Result) throws -> Result {
    // In memory where there is such a place: these tests sync thousands of times, and none of them tests the disk.
    let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(parent)/assay-archive-XXXXXX".utf8CString)
    let path = try #require(mkdtemp(&template).map { FilePath(String(cString: $0)) })
    let result = Swift.Result { try body(path) }
    try FileSystem().remove(path)
    return try result.get()
}
