import Archiving
import Experiments
import Foundation
import Running
import Synchronization
import SystemPackage
import Testing

/// Values and helpers for the tests of this room.
enum Samples {
    static func plan(
        trials: Int = 4, retries: Int = 1, program: String = "./program", timeLimitNanoseconds: Int64 = 30_000_000_000
    ) -> Plan {
        Plan(
            experiment: "sample", profile: "short", seed: 42, declarationDigest: String(repeating: "ab", count: 32),
            program: program,
            schedule: Schedule(
                trials: trials, warmUpNanoseconds: 2_000_000_000, measureNanoseconds: 8_000_000_000,
                timeLimitNanoseconds: timeLimitNanoseconds, retries: retries),
            cells: [
                Cell(
                    index: 0, choices: [LevelChoice(factor: "clients", label: "15")],
                    parameters: [Parameter(name: "clients", value: "15")])
            ],
            trials: (0..<trials).map {
                PlannedTrial(
                    identifier: "block-0\($0)-cell-000", order: $0, block: $0, cellIndex: 0, seed: UInt64($0))
            })
    }

    static let resources = ResourceUsage(
        userNanoseconds: 1, systemNanoseconds: 2, peakResidentBytes: 3, voluntarySwitches: 4, involuntarySwitches: 5,
        minorFaults: 6, majorFaults: 7)

    static func provenance(binaryDigest: String? = "digest") -> Provenance {
        Provenance(
            revision: nil, revisionIsModified: nil, binaryDigest: binaryDigest, toolchain: nil, host: nil, kernel: nil,
            processorModel: nil, processorCount: nil)
    }
}

/// Gives the body a folder of its own and removes it afterwards.
func withTemporaryFolder<Result>(_ body: (FilePath) async throws -> Result) async throws -> Result {
    let path = FilePath(FileManager.default.temporaryDirectory.path).appending("assay-running-\(UUID().uuidString)")
    try FileSystem().createFolders(path)
    do {
        let result = try await body(path)
        try FileSystem().remove(path)
        return result
    } catch {
        try FileSystem().remove(path)
        throw error
    }
}

/// Writes an executable shell script.
func writeScript(_ text: String, to path: FilePath) throws {
    try FileSystem().write(Array("#!/bin/sh\n\(text)\n".utf8), to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.string)
}

/// Waits until the condition holds, for at most twenty seconds; returns whether it came to hold.
func eventually(_ condition: () throws -> Bool) async throws -> Bool {
    for _ in 0..<2000 {
        if try condition() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}

/// The launcher that was built with the tests: it lies beside their executable.
let launcher: FilePath = {
    var path = FilePath(CommandLine.arguments[0])
    do {
        path = FilePath(try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    } catch {
        Issue.record("/proc/self/exe cannot be read: \(error)")
    }
    return path.removingLastComponent().appending("assay-launcher")
}()

/// Collects what is reported.
final class Collector<Value: Sendable>: Sendable {
    private let storage = Mutex<[Value]>([])

    var values: [Value] { storage.withLock { $0 } }

    func append(_ value: Value) { storage.withLock { $0.append(value) } }
}
