import Archiving
import Auditing
import Experiments
import Foundation
import Statistics
import SystemPackage
import Testing

@testable import Analysis

@Suite("A stored run without traces becomes one summary")
struct ProcessAnalysisTests {
    static let latency = ReportedMetric(name: "latency", unit: .milliseconds, worse: .higher)
    static let command = ProgramCommand(words: ["./p", "{size}"], source: .jsonLines, reported: [latency])

    static func declaration(_ command: ProgramCommand = command) -> Declaration {
        Declaration(
            name: "others", question: "Does it hold?", program: .command(command), fixed: [],
            factors: [Factor(name: "size", levels: [Level(value: "1"), Level(value: "2")])],
            schedules: [
                "full": Schedule(
                    trials: 3, warmUpNanoseconds: 0, measureNanoseconds: 0, timeLimitNanoseconds: 1, retries: 0)
            ], stages: [], pairings: [],
            hypotheses: [
                Hypothesis(
                    statement: "It grows.", metric: .wallTime, claim: .rises(along: .factor("size")))
            ])
    }

    /// Stores a run in which the wall time is 10 ms × size, give or take the block, and analyses it.
    private func summary(
        _ declaration: Declaration, failing: Set<Int> = [], environment: String? = nil, peakBytes: Int64 = 4096
    ) throws -> ExperimentSummary {
        let folder = FilePath(NSTemporaryDirectory() + "assay-analysis-\(UUID().uuidString)")
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder.string) } }
        let plan = try Planner.plan(declaration, profile: "full", seed: 3, digest: "d")
        let writer = try RunArchive.create(plan: plan, declaration: [], in: folder, secondsSinceEpoch: 0)
        for trial in plan.trials {
            let staged = try writer.stage(trial, attempt: 1)
            if let environment {
                try Data(environment.utf8).write(to: URL(filePath: staged.environment.string))
            }
            let size = Int64(trial.cellIndex + 1)
            try writer.commit(
                TrialRecord(
                    identifier: trial.identifier, cellIndex: trial.cellIndex, block: trial.block, order: trial.order,
                    seed: trial.seed, attempt: 1, command: ["p"], startedAt: "2026-01-01T00:00:0\(trial.order)Z",
                    elapsedNanoseconds: size * 10_000_000 + Int64(trial.block) * 100_000,
                    outcome: failing.contains(trial.order) ? .failed(reason: "It ended with status 3.") : .finished,
                    resources: ResourceUsage(
                        userNanoseconds: 2_000_000, systemNanoseconds: 1_000_000, peakResidentBytes: peakBytes,
                        voluntarySwitches: 0, involuntarySwitches: 9, minorFaults: 0, majorFaults: 0),
                    reported: ["latency": 1.5 * Double(size)],
                    provenance: Provenance(
                        revision: nil, revisionIsModified: nil, binaryDigest: "b", toolchain: nil, host: nil,
                        kernel: nil, processorModel: nil, processorCount: nil)), in: staged)
        }
        return try ExperimentAnalyzer(archive: writer.archive, declaration: declaration).summary()
    }

    @Test("each cell has each metric, in the units of its dimension, with its interval over processes")
    func metrics() throws {
        let summary = try summary(Self.declaration())
        #expect(summary.cells.map(\.trialCount) == [3, 3])
        let cell = summary.cells[1]
        #expect(cell.metrics.map(\.metric.text) == ["latency", "wall-time", "cpu-time", "peak-memory"])
        #expect(cell.metrics.map(\.estimate.value) == [3e6, 20_100_000, 3e6, 4096])
        let wallTime = try #require(cell.metrics[1].estimate.interval)
        // Three values 0.1 ms apart: s = 0.1 ms, and Student's t for 2 degrees of freedom is 4.3027.
        #expect(abs((wallTime.upperBound - 20_100_000) - 4.3027 * 100_000 / 3.0.squareRoot()) < 10)
        #expect(cell.stages.isEmpty && cell.eventCounts.isEmpty && cell.openRequests == nil)
    }

    @Test("hypotheses judge, the verdict is that of the processes, and audits of events are named as not applicable")
    func judges() throws {
        let summary = try summary(Self.declaration())
        #expect(summary.hypotheses.map(\.answer) == [.supported])
        #expect(summary.verdict.byPairing.isEmpty)
        #expect(summary.verdict.ofProcesses == .trusted && summary.verdict.level == .trusted)
        #expect(summary.unapplied.count { $0.reason == "no trace of events" } == 14)
    }

    @Test("a trial that failed is missing, and that is doubtful")
    func missing() throws {
        let summary = try summary(Self.declaration(), failing: [2])
        #expect(summary.missingTrials.map(\.reason) == ["It failed once; the last time: It ended with status 3."])
        #expect(summary.verdict.level == .doubtful)
        #expect(summary.cells.map(\.trialCount).reduce(0, +) == 5)
    }

    @Test("samples of less than half a second say nothing; what cannot be read is a missing trial with its reason")
    func environment() throws {
        let short = try summary(Self.declaration(), environment: "# assay environment, version 1\nnonsense\n")
        #expect(short.missingTrials.count == 6)
        #expect(short.missingTrials[0].reason.contains("environment.csv"))
        // Nine switches in 20 ms would be 450 a second, which is no rate of anything.
        let summary = try summary(Self.declaration())
        #expect(summary.cells[0].environment.isEmpty)
    }

    @Test("a peak of memory that is hidden behind the launcher's is no figure")
    func hiddenPeak() throws {
        let summary = try summary(Self.declaration(), peakBytes: 0)
        #expect(summary.cells[0].metrics.map(\.metric.text) == ["latency", "wall-time", "cpu-time"])
    }

    @Test("of a process alone there are the three figures of the kernel's")
    func process() throws {
        var declaration = Self.declaration(ProgramCommand(words: ["./p", "{size}"]))
        declaration.hypotheses = []
        #expect(try summary(declaration).cells[0].metrics.map(\.metric) == Metric.ofProcess)
    }
}
