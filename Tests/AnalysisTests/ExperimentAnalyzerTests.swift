import Archiving
import Auditing
import Experiments
import Foundation
import Pairing
import Statistics
import SystemPackage
import Testing
import TraceModel

@testable import Analysis

@Suite("A stored run becomes one summary")
struct ExperimentAnalyzerTests {
    /// What happens to each planned trial.
    enum Fate { case finished, damaged, exchanged, failed, notRun }

    static let declaration = Declaration(
        name: "story", question: "Does it hold?", program: .systemSimulator,
        fixed: [Parameter(name: "writes", value: "asynchronous")],
        factors: [Factor(name: "clients", levels: [Level(value: "1"), Level(value: "2")])],
        schedules: ["full": schedule], stages: [.request, .persist], pairings: [.request, .thread],
        hypotheses: [
            Hypothesis(
                statement: "A write takes 50 ms.", metric: .stage(.persist, .all, .p50),
                claim: .near(50e6, .absolute(1e6)))
        ],
        reference: Reference(
            source: "elsewhere",
            figures: [
                ReferenceFigure(metric: .throughput, pairing: nil, parameters: ["clients": "2"], value: 7)
            ], histograms: []))

    static let schedule = Schedule(
        trials: 2, warmUpNanoseconds: 0, measureNanoseconds: 1, timeLimitNanoseconds: 1, retries: 0)

    /// Stores a run of two cells and two blocks, trial by trial with its fate, and analyses it.
    func summary(
        _ fates: [Fate], of declaration: Declaration = Self.declaration, latenessMilliseconds: Int64? = nil,
        backlog: Int = 0
    ) throws -> ExperimentSummary {
        let folder = FilePath(NSTemporaryDirectory() + "assay-analysis-\(UUID().uuidString)")
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder.string) } }
        let plan = try Planner.plan(declaration, profile: "full", seed: 3, digest: "d")
        let writer = try RunArchive.create(plan: plan, declaration: [], in: folder, secondsSinceEpoch: 0)
        for (trial, fate) in zip(plan.trials, fates) where fate != .notRun {
            let staged = try writer.stage(trial, attempt: 1)
            // With a lateness the cell of the factor's second level is an open loop.
            let events = Story.events(
                requests: 20, writeMilliseconds: 50 + Int64(trial.block),
                latenessMilliseconds: trial.cellIndex == 1 ? latenessMilliseconds : nil,
                backlog: trial.cellIndex == 1 ? backlog : 0)
            var bytes = TraceEncoder().encode(events)
            if fate == .damaged { bytes[bytes.count / 2] ^= 1 }
            try Data(bytes).write(to: URL(filePath: staged.trace.string))
            var record = record(trial, fate, backlog: backlog)
            if fate == .exchanged {
                record.trace = TraceSeal(bytes: bytes.count, digest: String(repeating: "0", count: 64))
            }
            try writer.commit(record, in: staged)
        }
        var readings: [[Int]] = []
        let summary = try ExperimentAnalyzer(archive: writer.archive, declaration: declaration).summary {
            readings.append([$0, $1])
        }
        let count = fates.count { $0 != .failed && $0 != .notRun }
        #expect(readings == (0..<count).map { [$0 + 1, count] })
        return summary
    }

    func record(_ trial: PlannedTrial, _ fate: Fate, backlog: Int) -> TrialRecord {
        TrialRecord(
            identifier: trial.identifier, cellIndex: trial.cellIndex, block: trial.block, order: trial.order,
            seed: trial.seed, attempt: 1, command: ["p"], startedAt: "2026-01-01T00:00:0\(trial.order)Z",
            elapsedNanoseconds: 1, outcome: fate == .failed ? .failed(reason: "It ended with status 3.") : .finished,
            resources: nil, reported: ["cpuSeconds": 0.2, "allocations": 40, "requestsOverdue": Double(backlog)],
            provenance: Provenance(
                revision: nil, revisionIsModified: nil, binaryDigest: "b", toolchain: nil, host: nil, kernel: nil,
                processorModel: nil, processorCount: nil))
    }

    @Test("a whole run gives estimates over processes, metrics and reference figures")
    func whole() throws {
        let summary = try summary([.finished, .finished, .finished, .finished])
        #expect(summary.missingTrials.isEmpty)
        #expect(summary.cells.map(\.trialCount) == [2, 2])
        let persist = try #require(summary.cells[0].stages.first { $0.stage == .persist && $0.pairing == .request })
        #expect(persist.pooled?.count == 40)
        #expect(persist.pooled?.mean == 50.5e6)
        let mean = try #require(persist.estimates.first { $0.metric == .stage(.persist, .all, .mean) }?.estimate)
        #expect(mean.processValues == [50e6, 51e6])
        // t(0.975, 1) = 12.706 and s/√2 = 0.5 ms.
        #expect(abs((mean.interval?.upperBound ?? 0) - (50.5e6 + 12.706 * 0.5e6)) < 1e3)
        let throughput = try #require(summary.cells[0].metrics.first { $0.metric == .throughput }?.estimate)
        #expect(throughput.processValues == [10, 10])
        #expect(summary.cells[0].metrics.first { $0.metric == .cpuPerRequest }?.estimate.value == 0.01e9)
        #expect(summary.cells.map(\.reference.count) == [0, 1])
        #expect(summary.cells[0].resources.map(\.name) == ["cpu-seconds", "allocations"])
        #expect(summary.startedAt == "2026-01-01T00:00:00Z")
    }

    @Test("a stage that a cell's traces do not have is not in its summary, and is a metric where they have it")
    func responses() throws {
        var declaration = Self.declaration
        declaration.stages = [.request, .response]
        declaration.hypotheses = [
            Hypothesis(
                statement: "A response takes 10 ms.", metric: .stage(.response, .all, .p50),
                selection: ["clients": ["2"]],
                claim: .near(10e6, .absolute(1e6))),
            Hypothesis(
                statement: "It does in a closed loop too.", metric: .stage(.response, .all, .p50),
                selection: ["clients": ["1"]], claim: .near(10e6, .absolute(1e6))),
        ]
        let summary = try summary(
            [.finished, .finished, .finished, .finished], of: declaration, latenessMilliseconds: 7)
        #expect(summary.cells[0].stages.allSatisfy { $0.stage == .request })
        #expect(summary.cells[0].eventCounts[.requestDue] == nil)
        let response = try #require(summary.cells[1].stages.first { $0.stage == .response && $0.pairing == .request })
        #expect(response.pooled?.p50 == 10e6)
        #expect(summary.cells[1].eventCounts[.requestDue] == 40)
        #expect(summary.hypotheses.map(\.answer) == [.supported, .undecided])
        #expect(
            summary.hypotheses[1].figures == [
                "clients 1: too few responses: p50 needs 11 in each process; no process could give response.p50."
            ])
    }

    /// The writes' mean decides whether two permits can answer what is due, some 20 requests a second.
    @Test(
        "open responses are counted into percentiles, but for an overloaded loop, where they may be the whole tail",
        arguments: [(20, "1ms", true), (19, "150ms", true), (20, "150ms", false)])
    func openResponses(backlog: Int, writeDelay: String, isKnown: Bool) throws {
        var declaration = Self.declaration
        declaration.fixed += [
            Parameter(name: "permits", value: "2"), Parameter(name: "write-delay", value: writeDelay),
        ]
        declaration.stages = [.request, .response]
        declaration.hypotheses = [
            Hypothesis(
                statement: "Responses are fast.", metric: .stage(.response, .all, .p50), selection: ["clients": ["2"]],
                claim: .below(1e9))
        ]
        let summary = try summary(
            [.finished, .finished, .finished, .finished], of: declaration, latenessMilliseconds: 7, backlog: backlog)
        let response = try #require(summary.cells[1].stages.first { $0.stage == .response && $0.pairing == .request })
        #expect(response.counts.open == 2 * backlog)
        // 19 of the story's requests and the backlog are due in its window of 2 s.
        #expect(summary.cells[0].offeredLoad == nil)
        #expect(summary.cells[1].offeredLoad?.duePerSecond.value == Double(19 + backlog) / 2)
        #expect(summary.cells[1].offeredLoad?.dueNotSent?.value == Double(backlog))
        #expect(response.pooled?.p50 == (isKnown ? 10e6 : nil))
        #expect(response.estimates.contains { $0.metric == .stage(.response, .all, .p50) } == isKnown)
        #expect(response.estimates.contains { $0.metric == .stage(.response, .all, .mean) })
        let request = try #require(summary.cells[1].stages.first { $0.stage == .request && $0.pairing == .request })
        #expect(request.pooled?.p50 == 3e6)
        #expect(summary.hypotheses[0].answer == (isKnown ? .supported : .undecided))
        if !isKnown {
            #expect(
                summary.hypotheses[0].figures == [
                    "clients 2: 51.28 % of the responses were still open when the window closed, so that response.p50 is "
                        + "not known from above."
                ])
        }
    }

    @Test("where more than 1 % are open the mean is a lower bound, says so and is doubtful; the minimum is not")
    func lowerBound() throws {
        var declaration = Self.declaration
        declaration.stages = [.response]
        declaration.hypotheses = [Metric.Statistic.mean, .maximum, .minimum].map { statistic in
            Hypothesis(
                statement: "It is fast.", metric: .stage(.response, .all, statistic), selection: ["clients": ["2"]],
                claim: .below(1e9))
        }
        let outcomes = try summary(
            [.finished, .finished, .finished, .finished], of: declaration, latenessMilliseconds: 7, backlog: 1
        ).hypotheses
        #expect(outcomes.map(\.answer) == [.supported, .supported, .supported])
        let bound = "; 5.00 % of the responses were still open, so that it is a lower bound."
        #expect(outcomes[0].figures == ["clients 2: 10.000 [10.000, 10.000] ms" + bound])
        #expect(outcomes[1].figures == ["clients 2: 10.000 ms, the extreme observed in 2 processes" + bound])
        #expect(outcomes[2].figures == ["clients 2: 10.000 ms, the extreme observed in 2 processes."])
        #expect(outcomes.map(\.trust) == [.doubtful, .doubtful, .trusted])
    }

    @Test("by thread is invalid, by request is not, and each says why")
    func verdict() throws {
        let summary = try summary([.finished, .finished, .finished, .finished])
        let levels = Dictionary(uniqueKeysWithValues: summary.verdict.byPairing.map { ($0.pairing, $0.level) })
        #expect(levels[.thread] == .invalid)
        #expect(levels[.request] != .invalid, "\(summary.findings)")
        #expect(summary.findings.contains { $0.subject == "by thread" && $0.audit == "pairing" })
    }

    @Test("what failed, was never run or cannot be read is missing, in the plan's order, with the reason")
    func missing() throws {
        let summary = try summary([.failed, .finished, .notRun, .finished])
        let trials = summary.plan.trials
        #expect(summary.missingTrials.map(\.identifier).sorted() == [trials[0], trials[2]].map(\.identifier).sorted())
        let reasons = Dictionary(uniqueKeysWithValues: summary.missingTrials.map { ($0.identifier, $0.reason) })
        #expect(reasons[trials[0].identifier] == "It failed once; the last time: It ended with status 3.")
        #expect(reasons[trials[2].identifier] == "It has not been run.")
        #expect(summary.findings.contains { $0.audit == "missing-trials" })
    }

    @Test("a damaged trace is analysed up to the damage, and a finding names the byte")
    func damaged() throws {
        let summary = try summary([.damaged, .finished, .finished, .finished])
        #expect(
            summary.findings.contains { $0.audit == "drops" && $0.sentence.contains("byte") }, "\(summary.findings)")
    }

    @Test("a trace that is not the one that the trial left is not analysed")
    func exchanged() throws {
        let summary = try summary([.exchanged, .finished, .finished, .finished])
        #expect(summary.missingTrials.map(\.identifier) == [summary.plan.trials[0].identifier])
        #expect(summary.missingTrials[0].reason.contains("this is not the trace that the trial left"))
        #expect(summary.cells.map(\.trialCount).reduce(0, +) == 3)
    }

    @Test("a run without a single trial is a summary too")
    func nothingRun() throws {
        let summary = try summary([.notRun, .notRun, .notRun, .notRun])
        #expect(summary.missingTrials.count == 4)
        #expect(summary.cells.allSatisfy { $0.trialCount == 0 && $0.metrics.isEmpty })
        #expect(summary.hypotheses.map(\.answer) == [.undecided])
        #expect(summary.startedAt == nil)
    }
}
