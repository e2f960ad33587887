import Analysis
import Archiving
import Auditing
import Experiments
import Foundation
import Gating
import SystemPackage
import Testing
import TraceModel

@testable import Comparing

/// What is lost, counted from stored runs.
@Suite("Lost trials of a comparison")
struct LostTrialsTests {
    /// Three blocks of two cells, without a null control.
    private static func plan() throws -> Plan {
        let declaration = Declaration(
            name: "demo", question: "?", program: .systemSimulator, fixed: [],
            factors: [Factor(name: "clients", levels: [Level(value: "1"), Level(value: "15")])],
            schedules: [
                "full": Schedule(
                    trials: 3, warmUpNanoseconds: 1, measureNanoseconds: 1_000_000, timeLimitNanoseconds: 1_000_000_000,
                    retries: 1)
            ], stages: [.request], pairings: [.request])
        let sides = ("old", "new")
        return try ComparisonPlanner(
            declaration, baseline: SideProgram(label: sides.0, program: "/old"),
            candidate: SideProgram(label: sides.1, program: "/new"), hasControl: false
        ).plan(pairs: 3, profile: "full", seed: 1, digest: "d")
    }

    private static func record(_ trial: PlannedTrial, attempt: Int, isFinished: Bool) -> TrialRecord {
        TrialRecord(
            identifier: trial.identifier, cellIndex: trial.cellIndex, block: trial.block, order: trial.order,
            seed: trial.seed, attempt: attempt, command: ["/x"], startedAt: "2026-11-30T04:05:06Z",
            elapsedNanoseconds: 1,
            outcome: isFinished ? .finished : .failed(reason: "It ended with status 7."), resources: nil, reported: [:],
            provenance: Provenance(
                revision: nil, revisionIsModified: nil, binaryDigest: nil, toolchain: nil, host: nil, kernel: nil,
                processorModel: nil, processorCount: nil))
    }

    /// A run in which each trial fails as often as told, of two attempts.
    private func withRun(
        failures: (PlannedTrial) -> Int, _ body: (RunArchive, [MissingTrial]) throws -> Void
    ) throws {
        let results = FileManager.default.temporaryDirectory.appending(path: "assay-lost-\(UUID().uuidString)")
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: results) } }
        let plan = try Self.plan()
        let writer = try RunArchive.create(
            plan: plan, declaration: [], in: FilePath(results.path), secondsSinceEpoch: 0)
        var missing: [MissingTrial] = []
        for trial in plan.trials {
            let failed = failures(trial)
            for attempt in 1...min(2, failed + 1) {
                let folder = try writer.stage(trial, attempt: attempt)
                _ = try writer.commit(Self.record(trial, attempt: attempt, isFinished: attempt > failed), in: folder)
            }
            if failed == 2 { missing.append(MissingTrial(identifier: trial.identifier, reason: "It failed 2 times.")) }
        }
        try body(writer.archive, missing)
    }

    @Test("are counted by side, each repeated attempt once and the last one of a lost trial as the loss")
    func counts() throws {
        // Cells are baseline and candidate in turn.
        try withRun(failures: { $0.cellIndex == 0 && $0.block == 0 ? 1 : $0.cellIndex == 3 && $0.block < 2 ? 2 : 0 }) {
            let trials = try SideTrials.all(of: $0, missing: $1)
            #expect(
                trials == [
                    SideTrials(side: .baseline, trialCount: 6, lostCount: 0, repeatedCount: 1),
                    SideTrials(side: .candidate, trialCount: 6, lostCount: 2, repeatedCount: 2),
                ])
            let broken = try BrokenSide.first(in: $0, missing: $1)
            #expect(broken == nil, "one of its three came through")
        }
    }

    @Test("are a broken side where a cell has none left, with its last words and where they are kept")
    func broken() throws {
        try withRun(failures: { $0.cellIndex == 3 ? 2 : 0 }) { archive, missing in
            let broken = try #require(try BrokenSide.first(in: archive, missing: missing))
            #expect(broken.experiment == "demo" && broken.side == .candidate && broken.trialCount == 3)
            #expect(broken.cell == "clients 15")
            #expect(broken.reason.hasSuffix(": It failed 2 times."))
            #expect(broken.folder?.hasSuffix("-attempt-2") == true)
        }
    }
}
