import Experiments
import Gating
import Statistics

/// Outcomes of comparisons for the tests of their reports.
enum GateSamples {
    /// Two cells, every verdict, both kinds of band, both directions, and a null control.
    static var mixed: GateOutcome {
        GateOutcome(
            experiment: "client-counts", profile: "full", mode: .paired,
            baseline: .init(label: "main", binaryDigest: String(repeating: "0a", count: 32)),
            candidate: .init(label: "faster-permits", binaryDigest: String(repeating: "b1", count: 32)), verdict: .fail,
            reasons: [
                "request.p99 at clients 125 is worse by 7.1 %, beyond its band of 5 %, and 8 fresh pairs confirm it.",
                "One figure is inconclusive.",
            ],
            metrics: metrics, nullControl: NullControl(entries: control),
            trials: [
                SideTrials(side: .baseline, trialCount: 48, lostCount: 0, repeatedCount: 1),
                SideTrials(side: .candidate, trialCount: 48, lostCount: 2, repeatedCount: 3),
                SideTrials(side: .control, trialCount: 48, lostCount: 0, repeatedCount: 0),
            ],
            trust: GateTrust(
                level: .doubtful,
                reasons: [
                    GateTrust.Reason(
                        number: 1, level: .doubtful, audit: "environment",
                        meaning: "something else disturbed the machine",
                        example: "Other processes used 98 % of a CPU while block-03-cell-1 measured.",
                        remedy: "Run on a quieter machine.", findingCount: 7)
                ]), pairCount: 24, pairMaximum: 60,
            confirmationPairMaximum: 30, elapsedNanoseconds: 312_000_000_000, startedAt: "2026-11-30T04:05:06Z")
    }

    /// A suspicion that fresh pairs did not confirm.
    static var unconfirmed: GateOutcome {
        var outcome = mixed
        outcome.verdict = .inconclusive
        outcome.reasons = ["request.p99, clients 125: Fresh pairs do not confirm it."]
        outcome.metrics[0].verdict = .inconclusive
        outcome.metrics[0].unconfirmedBy = .init(
            effect: 1.012, interval: Interval(lowerBound: 1, upperBound: 1.024), pairCount: 30)
        return outcome
    }

    /// In virtual time against a committed baseline: all equal, so all passes.
    static var exact: GateOutcome {
        var outcome = mixed
        outcome.mode = .committed
        outcome.verdict = .pass
        outcome.reasons = ["Every figure is the same as in the baseline."]
        outcome.metrics = metrics.filter { $0.verdict == .pass }
        outcome.nullControl = nil
        outcome.trust = GateTrust(level: .trusted, reasons: [])
        outcome.trials = [SideTrials(side: .candidate, trialCount: 5, lostCount: 0, repeatedCount: 0)]
        (outcome.pairCount, outcome.pairMaximum, outcome.confirmationPairMaximum) = (5, 5, 0)
        for index in outcome.metrics.indices {
            outcome.metrics[index].interval = nil
            (outcome.metrics[index].confidence, outcome.metrics[index].confidenceOverLooks) = (nil, nil)
            outcome.metrics[index].reason = "Inside the band; 5 of 5 values are identical to the last bit."
            outcome.metrics[index].pairCount = 5
        }
        return outcome
    }

    /// On the wall clock against stored sessions.
    static var stored: GateOutcome {
        var outcome = exact
        outcome.mode = .stored
        for index in outcome.metrics.indices {
            outcome.metrics[index].interval = metrics[1].interval
            outcome.metrics[index].confidence = 0.98
        }
        return outcome
    }

    /// Nothing could be compared.
    static var empty: GateOutcome {
        var outcome = mixed
        outcome.verdict = .inconclusive
        outcome.reasons = ["No pair was run."]
        outcome.metrics = []
        outcome.nullControl = nil
        outcome.trials = []
        outcome.trust = nil
        outcome.pairCount = 0
        return outcome
    }

    /// A name that is trouble in every format.
    static let hostileText =
        "a<b>&\"'%0A|`*_]]> \u{1B}[31m\n::error::x\r\n\u{0}\u{202E}<\u{301}script>:,{}\\ é\u{1F9EA}"

    /// Every text is hostile.
    static var hostile: GateOutcome {
        var outcome = mixed
        outcome.experiment = hostileText
        outcome.profile = hostileText
        outcome.baseline.label = hostileText
        outcome.candidate.binaryDigest = hostileText
        outcome.reasons = [hostileText]
        outcome.trust?.reasons = [
            GateTrust.Reason(
                number: 1, level: .invalid, audit: "environment", meaning: hostileText, example: hostileText,
                remedy: hostileText, findingCount: 1)
        ]
        outcome.startedAt = hostileText
        outcome.metrics = metrics.map { metric in
            var metric = metric
            metric.cell = metric.cell + hostileText
            metric.metric = metric.metric + hostileText
            metric.reason = hostileText
            return metric
        }
        outcome.nullControl = NullControl(
            entries: control.map { entry in
                var entry = entry
                entry.cell = entry.cell + hostileText
                entry.metric = entry.metric + hostileText
                return entry
            })
        return outcome
    }

    /// More metrics than any format shows.
    static func many(_ count: Int) -> GateOutcome {
        var outcome = mixed
        outcome.metrics = (0..<count).map { index in
            var metric = metrics[index % metrics.count]
            metric.cell = "cell \(index)"
            return metric
        }
        return outcome
    }

    private static let metrics = [
        MetricOutcome(
            cell: "clients 125", metric: "request.p99", direction: .higherIsWorse, dimension: .duration,
            band: Band(.relative(0.05)), verdict: .fail,
            reason: "The whole interval lies beyond the band on the bad side, and 8 fresh pairs confirm it.",
            baseline: 12_340_000, candidate: 13_216_000, effect: 1.071,
            interval: Interval(lowerBound: 1.056, upperBound: 1.0862), confidence: 0.975, confidenceOverLooks: 0.9,
            pairCount: 24),
        MetricOutcome(
            cell: "clients 125", metric: "persist.p50", direction: .higherIsWorse, dimension: .duration,
            band: Band(.absolute(1_000_000)), verdict: .pass, reason: "The whole interval lies inside the band.",
            baseline: 60_042_000, candidate: 60_051_300, effect: 9_300,
            interval: Interval(lowerBound: -120_000, upperBound: 138_600), confidence: 0.9955,
            confidenceOverLooks: 0.95,
            pairCount: 24),
        MetricOutcome(
            cell: "clients 1000", metric: "throughput", direction: .lowerIsWorse, dimension: .rate,
            band: Band(.relative(0.02)), verdict: .inconclusive,
            reason: "The interval reaches beyond the band; 24 pairs are too few at this spread.",
            baseline: 133.24, candidate: 131.9, effect: 0.98994,
            interval: Interval(lowerBound: 0.9705, upperBound: 1.0098), confidence: 0.974702, confidenceOverLooks: 0.95,
            pairCount: 24, pairsMissing: 31),
        MetricOutcome(
            cell: "clients 1000", metric: "blocked-share", direction: .higherIsWorse, dimension: .share,
            band: Band(.absolute(0.05)), verdict: .inconclusive,
            reason: "An audit calls the measurement invalid: spans are shorter than the delay that they drew.",
            pairCount: 0),
    ]

    private static let control = [
        NullControl.Entry(
            cell: "clients 125", metric: "request.p99", effect: 1.0021,
            interval: Interval(lowerBound: 0.9903, upperBound: 1.014), noiseFloor: 0.0118,
            smallestDetectableEffect: 0.0667, falseAlarmShare: 0, hasAlarmed: false),
        NullControl.Entry(
            cell: "clients 125", metric: "persist.p50", effect: -4_000,
            interval: Interval(lowerBound: -131_000, upperBound: 123_000), noiseFloor: 127_000,
            smallestDetectableEffect: 1_180_000, falseAlarmShare: 0, hasAlarmed: false),
        NullControl.Entry(
            cell: "clients 1000", metric: "throughput", effect: 1.0004,
            interval: Interval(lowerBound: 0.981, upperBound: 1.0203), noiseFloor: 0.0196,
            smallestDetectableEffect: 0.0447, falseAlarmShare: 0.0039, hasAlarmed: false),
    ]
}
