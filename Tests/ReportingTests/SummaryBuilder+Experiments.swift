import Analysis
import Archiving
import Auditing
import Experiments
import Pairing
import Statistics
import TraceModel

extension SummaryBuilder {
    // MARK: The puzzle: two cells

    static let quick = Schedule(
        trials: 5, warmUpNanoseconds: 2_000_000_000, measureNanoseconds: 20_000_000_000,
        timeLimitNanoseconds: 60_000_000_000, retries: 1)
    static let full = Schedule(
        trials: 10, warmUpNanoseconds: 10_000_000_000, measureNanoseconds: 60_000_000_000,
        timeLimitNanoseconds: 180_000_000_000, retries: 1)

    static func plan(
        _ name: String, profile: String, factors: [Factor], trials: Int = 5, schedule: Schedule = quick
    ) -> Plan {
        var combinations: [[LevelChoice]] = [[]]
        for factor in factors {
            combinations = combinations.flatMap { chosen in
                factor.levels.map { chosen + [LevelChoice(factor: factor.name, label: $0.label)] }
            }
        }
        let cells = combinations.enumerated().map { index, choices in
            Cell(
                index: index, choices: choices, parameters: choices.map { Parameter(name: $0.factor, value: $0.label) })
        }
        let planned = (0..<trials).flatMap { block in
            cells.indices.map { place in
                let cell = block.isMultiple(of: 2) ? place : cells.count - 1 - place
                return PlannedTrial(
                    identifier: "block-0\(block)-cell-00\(cell)", order: block * cells.count + place, block: block,
                    cellIndex: cell, seed: UInt64(1_000 + block * cells.count + cell))
            }
        }
        return Plan(
            experiment: name, profile: profile, seed: 20_240_607,
            declarationDigest: "9f2c1a7d0b", program: "system-simulator", schedule: schedule, cells: cells,
            trials: planned)
    }

    static let provenance = Provenance(
        revision: "4be1c0d", revisionIsModified: false, binaryDigest: "77aa01", toolchain: "Swift version 6.3.1",
        host: "bench-1", kernel: "Linux 6.12.0", processorModel: nil, processorCount: 2)

    static let metrics = [
        MetricEstimate(metric: .throughput, estimate: estimate(14.94, spread: 0.02)),
        MetricEstimate(metric: .writeThroughput, estimate: estimate(14.95, spread: 0.03)),
        MetricEstimate(metric: .blockedShare, estimate: estimate(0.018, spread: 0.004)),
        MetricEstimate(metric: .cpuPerRequest, estimate: estimate(41_300, spread: 900)),
    ]

    static let resources = [
        NamedEstimate(name: "cpu-seconds", estimate: estimate(0.137, spread: 0.004)),
        NamedEstimate(name: "peak-resident-bytes", estimate: estimate(14_680_064, spread: 131_072)),
        NamedEstimate(name: "allocations", estimate: estimate(71_204, spread: 310)),
        NamedEstimate(name: "allocated-bytes", estimate: estimate(9_437_184, spread: 40_000)),
        NamedEstimate(name: "involuntary-switches", estimate: estimate(212, spread: 31)),
    ]

    static let eventCounts: [EventKind: Int] = [
        .requestStart: 1_494, .requestDone: 1_494, .requestNonblock: 1_467, .requestBlock: 27, .persistStart: 1_494,
        .persistAsyncStart: 1_494, .persistDone: 1_495,
    ]

    /// Two cells: a fixed and a random sleep, with hypotheses of all three answers.
    static var puzzle: ExperimentSummary {
        let factor = Factor(
            name: "write-delay",
            levels: [
                Level(value: "50ms", label: "fixed 50 ms"), Level(value: "50ms + normal(10ms, 5ms)", label: "random"),
            ])
        let hypotheses = [
            Hypothesis(
                statement: "By request, a fixed 50 ms sleep reads 50 ms.", metric: .stage(.persist, .all, .p50),
                selection: ["write-delay": ["fixed 50 ms"]], claim: .near(50e6, .absolute(1e6))),
            Hypothesis(
                statement: "By thread, the fixed and the random sleep read the same.",
                metric: .stage(.persist, .all, .mean), pairing: .thread,
                claim: .equivalent(along: .factor("write-delay"), .relative(0.02))),
            Hypothesis(
                statement: "The two pairings agree.", metric: .stage(.persist, .all, .mean),
                claim: .equivalent(along: .pairing, .relative(0.02))),
        ]
        let reference = Reference(
            source: "the log's trace of a fixed 50 ms sleep, one minute, by thread",
            figures: [
                ReferenceFigure(
                    metric: .stage(.persist, .all, .mean), pairing: .thread, parameters: [:], value: 65_804_674),
                ReferenceFigure(
                    metric: .stage(.persist, .all, .maximum), pairing: .thread, parameters: [:], value: 17_229_761_375),
                ReferenceFigure(
                    metric: .stage(.persist, .all, .minimum), pairing: .thread, parameters: [:], value: 24_792),
                ReferenceFigure(
                    metric: .stage(.persist, .all, .count), pairing: .thread, parameters: [:], value: 1_976),
            ],
            histograms: [
                ReferenceHistogram(stage: .persist, pairing: .thread, parameters: [:], buckets: originalHistogram)
            ])
        let declaration = Declaration(
            name: "fixed-versus-random-sleep",
            question: "Why does a fixed 50 ms sleep read as anything from 24 µs to 17 s?",
            program: .systemSimulator, fixed: [Parameter(name: "clients", value: "15")], factors: [factor],
            schedules: ["full": full, "quick": quick], stages: [.persist, .queueWait],
            pairings: [.request, .thread], hypotheses: hypotheses, reference: reference)
        let plan = plan(declaration.name, profile: "quick", factors: [factor])
        let answers: [(HypothesisOutcome.Answer, [String])] = [
            (.supported, ["fixed 50 ms: 50.09 ms [50.07, 50.11], within 1 ms of 50 ms."]),
            (
                .undecided,
                ["fixed 50 ms 198.4 ms, random 203.9 ms: the difference, 2.8 % [−9, 14], is not inside ±2 %."]
            ),
            (
                .refuted,
                [
                    "fixed 50 ms: by request 50.11 ms, by thread 198.4 ms.",
                    "random: by request 60.13 ms, by thread 203.9 ms.",
                ]
            ),
        ]
        let fixed = [
            stage(.persist, .request, fixedByRequest, counts: countsByRequest),
            stage(.persist, .thread, fixedByThread, counts: countsByThread, reference: originalHistogram),
        ]
        let random = [
            stage(.persist, .request, randomByRequest, counts: countsByRequest),
            stage(.persist, .thread, randomByThread, counts: countsByThread),
        ]
        let cells = zip(plan.cells, [fixed, random]).map { cell, stages in
            CellSummary(
                cell: cell, trialCount: 5, eventCounts: eventCounts, openRequests: 3, stages: stages + waits,
                metrics: metrics,
                reference: cell.index == 0 ? reference.figures : [], resources: resources,
                slowest: cell.index == 0 ? slowestRequests : [])
        }
        return ExperimentSummary(
            declaration: declaration, plan: plan,
            verdict: Verdict(byPairing: [
                .init(pairing: .request, level: .trusted), .init(pairing: .thread, level: .invalid),
            ]),
            findings: findings,
            hypotheses: zip(hypotheses, answers).enumerated().map { index, pair in
                let (hypothesis, answer) = pair
                return .init(
                    hypothesis: hypothesis, answer: answer.0, trust: index == 0 ? .trusted : .invalid,
                    figures: answer.1, deciding: answer.1.first.map { String($0.dropLast()) })
            },
            cells: cells,
            missingTrials: [], provenances: [provenance], startedAt: "2024-06-07T10:11:12Z",
            run: "2024-06-07T10-11-12Z-full-seed-42")
    }

    private static let waits: [StageSummary] = {
        let short = Reading(
            count: 1_494, mean: 0.311, standardDeviation: 2.01, minimum: 0.0004, p50: 0.0011, p90: 0.0024, p99: 11.42,
            maximum: 37.18, buckets: [(8, 12), (9, 410), (10, 870), (11, 175), (23, 14), (24, 11), (25, 2)])
        let blocked = Reading(
            count: 27, mean: 17.2, standardDeviation: 9.4, minimum: 8.41, p50: 15.9, p90: 31.0, p99: 36.9,
            maximum: 37.18,
            buckets: [(23, 14), (24, 11), (25, 2)])
        let free = Reading(
            count: 1_467, mean: 0.0013, standardDeviation: 0.0007, minimum: 0.0004, p50: 0.0011, p90: 0.0022,
            p99: 0.0029,
            maximum: 0.0039, buckets: [(8, 12), (9, 410), (10, 870), (11, 175)])
        return [
            stage(.queueWait, .request, short), stage(.queueWait, .thread, nil),
            stage(.queueWait, .request, subset: .blocked, blocked),
            stage(.queueWait, .request, subset: .nonblocked, free),
        ]
    }()
}
