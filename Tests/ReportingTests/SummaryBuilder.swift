import Analysis
import Archiving
import Auditing
import Experiments
import Pairing
import Statistics
import TraceModel

/// Values for tests: an experiment like the log's puzzle, with figures of a prototype's size.
enum SummaryBuilder {
    // MARK: Estimates

    /// An estimate over five processes that lie evenly within ±spread of the value.
    static func estimate(_ value: Double, spread: Double) -> Estimate {
        Estimate(
            value: value, interval: Interval(lowerBound: value - spread, upperBound: value + spread),
            processValues: [-0.8, -0.4, 0, 0.4, 0.8].map { value + $0 * spread })
    }

    /// An estimate from one process: no interval.
    static func single(_ value: Double) -> Estimate {
        Estimate(value: value, interval: nil, processValues: [value])
    }

    // MARK: Stages

    /// The figures of a stage in milliseconds, as a prototype with eight workers read them.
    struct Reading {
        var count: Int
        var mean, standardDeviation, minimum, p50, p90, p99, maximum: Double
        /// (power-of-two exponent, count).
        var buckets: [(exponent: Int, count: Int)]
    }

    static let fixedByRequest = Reading(
        count: 11_976, mean: 50.11, standardDeviation: 0.084, minimum: 50.002, p50: 50.09, p90: 50.17, p99: 50.42,
        maximum: 53.006, buckets: [(25, 11_976)])
    static let fixedByThread = Reading(
        count: 6_853, mean: 198.4, standardDeviation: 221.7, minimum: 0.001, p50: 121.3, p90: 502.6, p99: 901.2,
        maximum: 1_103.2,
        buckets: [
            (9, 2), (10, 31), (11, 44), (12, 39), (13, 27), (14, 18), (15, 13), (16, 9), (17, 11), (18, 15), (19, 22),
            (20, 61), (21, 118), (22, 233), (23, 417), (24, 602), (25, 2_204), (26, 911), (27, 838), (28, 702),
            (29, 511),
            (30, 25),
        ])
    static let randomByRequest = Reading(
        count: 11_702, mean: 60.13, standardDeviation: 5.02, minimum: 50.004, p50: 60.08, p90: 66.51, p99: 71.83,
        maximum: 78.411, buckets: [(25, 9_214), (26, 2_488)])
    static let randomByThread = Reading(
        count: 6_611, mean: 203.9, standardDeviation: 230.2, minimum: 0.001, p50: 124.9, p90: 517.3, p99: 912.8,
        maximum: 1_187.9,
        buckets: [
            (10, 35), (11, 41), (12, 30), (13, 22), (14, 16), (16, 8), (18, 19), (19, 25), (20, 70), (21, 130),
            (22, 215), (23, 390), (24, 611), (25, 1_702), (26, 1_214), (27, 840), (28, 688), (29, 520), (30, 35),
        ])

    static func stage(
        _ stage: Stage, _ pairing: PairingKey, subset: Metric.Subset = .all, _ reading: Reading?,
        counts: PairingCounts = PairingCounts(), reference: [ReferenceBucket] = []
    ) -> StageSummary {
        guard let reading else {
            return StageSummary(
                stage: stage, subset: subset, pairing: pairing, pooled: nil, estimates: [], counts: counts,
                powerOfTwo: [], linear: [], referenceHistogram: reference)
        }
        let million = 1e6
        let pooled = DurationSummary(
            count: reading.count, total: reading.mean * million * Double(reading.count), mean: reading.mean * million,
            standardDeviation: reading.standardDeviation * million,
            minimum: Int64((reading.minimum * million).rounded()),
            p50: reading.p50 * million, p90: reading.p90 * million, p99: reading.p99 * million,
            maximum: Int64((reading.maximum * million).rounded()))
        let relative = pairing == .request ? 0.0004 : 0.06
        let figures: [(Metric.Statistic, Double)] = [
            (.mean, reading.mean), (.standardDeviation, reading.standardDeviation), (.p50, reading.p50),
            (.p90, reading.p90), (.p99, reading.p99),
        ]
        let first = reading.buckets.first?.exponent ?? 0
        let last = reading.buckets.last?.exponent ?? 0
        return StageSummary(
            stage: stage, subset: subset, pairing: pairing, pooled: pooled,
            estimates: figures.map { statistic, value in
                MetricEstimate(
                    metric: .stage(stage, subset, statistic),
                    estimate: estimate(value * million, spread: value * million * relative))
            } + [
                MetricEstimate(
                    metric: .stage(stage, subset, .count),
                    estimate: estimate(Double(reading.count) / 5, spread: Double(reading.count) / 50))
            ],
            counts: counts,
            powerOfTwo: (first...last).map { exponent in
                HistogramBucket(
                    lowerBoundNanoseconds: 1 << Int64(exponent), upperBoundNanoseconds: 2 << Int64(exponent),
                    count: reading.buckets.first { $0.exponent == exponent }?.count ?? 0)
            },
            linear: linear(reading), referenceHistogram: reference)
    }

    /// Ten equal steps from the minimum up; most durations in the first, one in the last.
    private static func linear(_ reading: Reading) -> [HistogramBucket] {
        let step = max(1, Int64((reading.maximum - reading.minimum) * 1e5))
        let start = Int64(reading.minimum * 1e6)
        let counts = [reading.count - 41, 40, 0, 0, 0, 0, 0, 0, 0, 1]
        return counts.enumerated().map { index, count in
            let lowerBound = start + Int64(index) * step
            return HistogramBucket(
                lowerBoundNanoseconds: lowerBound, upperBoundNanoseconds: lowerBound + step, count: count)
        }
    }

    static let countsByRequest: PairingCounts = {
        var counts = PairingCounts()
        counts.starts = 11_979
        counts.dones = 11_978
        counts.paired = 11_976
        counts.startedBefore = 2
        counts.open = 3
        counts.changedThread = 10_447
        return counts
    }()

    static let countsByThread: PairingCounts = {
        var counts = PairingCounts()
        counts.starts = 11_979
        counts.dones = 11_978
        counts.paired = 6_853
        counts.overwrittenStarts = 5_119
        counts.unmatchedDones = 5_125
        counts.open = 7
        counts.mismatchedRequests = 6_102
        counts.shorterThanDrawn = 1_652
        return counts
    }()

    /// The log's histogram of a fixed 50 ms sleep, by thread.
    static let originalHistogram: [ReferenceBucket] = [
        (14, 4), (15, 7), (16, 2), (17, 5), (18, 0), (19, 2), (20, 8), (25, 1_878), (26, 39), (27, 22), (28, 7),
        (31, 1), (34, 1),
    ].map { ReferenceBucket(lowerBoundNanoseconds: 1 << Int64($0.0), count: $0.1) }

    // MARK: Findings

    static let findings = [
        Finding(
            audit: "pairing", severity: .invalid, subject: "by thread",
            sentence: "6102 of 6853 persist spans carry a start and a done of different requests.",
            remedy: "Pair by request."),
        Finding(
            audit: "floor", severity: .invalid, subject: "by thread",
            sentence: "1652 of 6853 writes are shorter than the delay that they drew.", remedy: "Pair by request."),
        Finding(
            audit: "sample-size", severity: .note, sentence: "Each cell rests on 5 processes.",
            remedy: "Run the full profile for narrower intervals."),
    ]
}
