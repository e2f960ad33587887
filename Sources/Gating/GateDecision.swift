import Experiments
import Statistics

/// What a gate says at its end, of whichever mode.
public struct GateDecision: Sendable, Equatable {
    /// Over all metrics and cells.
    public var verdict: GateVerdict
    /// Whole sentences, the most important first.
    public var reasons: [String]
    /// In the order of the series.
    public var metrics: [MetricOutcome]
    /// Nil where none was run.
    public var nullControl: NullControl?
    /// Blocks that were run, confirming ones included.
    public var pairCount: Int

    public init(
        verdict: GateVerdict, reasons: [String], metrics: [MetricOutcome], nullControl: NullControl? = nil,
        pairCount: Int
    ) {
        self.verdict = verdict
        self.reasons = reasons
        self.metrics = metrics
        self.nullControl = nullControl
        self.pairCount = pairCount
    }
}

extension GateDecision {
    /// The verdict over the metrics' own, with those whose verdict it is named as its reasons.
    init(over metrics: [MetricOutcome], nullControl: NullControl? = nil, pairCount: Int) {
        let verdict = GateVerdict.over(metrics.map(\.verdict))
        let reasons: [String]
        switch verdict {
        case .pass:
            // What got better is worth telling; that all the rest is inside its band is one sentence.
            let improved = metrics.filter(\.isImproved)
            let rest = metrics.count - improved.count
            let sentence =
                rest == 0
                ? [] : ["\(rest == metrics.count ? "Every" : "Every other") metric lies inside its band."]
            reasons = improved.map(\.namedReason) + sentence
        case .fail, .inconclusive:
            reasons =
                metrics.isEmpty
                ? ["There was nothing to compare."] : metrics.filter { $0.verdict == verdict }.map(\.namedReason)
        }
        self.init(
            verdict: verdict, reasons: reasons, metrics: metrics, nullControl: nullControl, pairCount: pairCount)
    }
}

extension MetricOutcome {
    /// Whether the whole interval lies beyond the band on the good side.
    public var isImproved: Bool {
        guard verdict == .pass, let effect = effectOnScale else { return false }
        return (direction == .higherIsWorse ? effect : -effect) < -band.limit
    }

    private var effectOnScale: Double? {
        guard let effect else { return nil }
        if case .relative = band.size { return logarithm(onePlus: effect - 1) }
        return effect
    }

    /// The reason after the name of what it is about.
    fileprivate var namedReason: String { "\(cell.isEmpty ? metric : "\(metric), \(cell)"): \(reason)" }
}
