import Analysis
import Experiments

/// The rule that a hypothesis declares, in words: which metric, under which pairing, has to do what.
struct ClaimText {
    /// Without a full stop, as in `persist: p50, by request, lies within 1 ms of 50 ms in each cell`.
    let text: String
    /// What the figures had to be, to stand behind them, as in `50 ms ± 1 ms`.
    let wanted: String
    /// What the figures are of, without the stage, which the statement names.
    let subject: String

    init(_ hypothesis: Hypothesis) {
        let metric = hypothesis.metric
        let number = { (value: Double) in FigureFormat(metric: metric, values: [value]).tickText(value) }
        let tolerance = { (tolerance: Hypothesis.Tolerance) -> String in
            switch tolerance {
            // Of a share, 5 % would mean a twentieth of it.
            case .absolute(let value):
                metric.dimension == .share ? "\(FigureColumn.trimmed(value * 100)) points" : number(value)
            case .relative(let share): FigureFormat(metric: .blockedShare, values: [share]).tickText(share)
            }
        }
        let claim: String =
            switch hypothesis.claim {
            case .near(let value, let margin):
                "lies within \(tolerance(margin)) of \(number(value)) in each cell"
            case .below(let value): "lies below \(number(value)) in each cell"
            case .above(let value): "lies above \(number(value)) in each cell"
            case .equivalent(let along, let margin):
                "differs by no more than \(tolerance(margin)) between any two \(Self.levels(of: along))"
            case .varies(let along, let factor):
                "differs by more than a factor of \(FigureColumn.trimmed(factor)) between \(Self.levels(of: along))"
            case .rises(let along): "rises from each to the next of the \(Self.levels(of: along))"
            case .falls(let along): "falls from each to the next of the \(Self.levels(of: along))"
            }
        subject =
            switch metric {
            case .stage(_, _, let statistic): statistic.title
            case .pairedShare: "share of starts that were paired"
            case .changedThreadShare: "share of spans that changed thread"
            case .throughput, .writeThroughput, .blockedShare, .cpuPerRequest, .peakMemory, .wallTime, .cpuTime,
                .reported:
                metric.title
            }
        wanted =
            switch hypothesis.claim {
            case .near(let value, let margin): "\(number(value)) ± \(tolerance(margin))"
            case .below(let value): "below \(number(value))"
            case .above(let value): "above \(number(value))"
            case .equivalent(_, let margin): "equal to within \(tolerance(margin))"
            case .varies(_, let factor): "a ratio above \(FigureColumn.trimmed(factor))"
            case .rises: "a rise"
            case .falls: "a fall"
            }
        let isByOnePairing = metric.dependsOnPairing && hypothesis.claim.along != .pairing
        let pairing = isByOnePairing ? "\(hypothesis.pairing.title), " : ""
        text = "\(metric.title), \(pairing)\(claim)"
    }

    private static func levels(of along: Hypothesis.Along) -> String {
        switch along {
        case .factor(let name): "levels of \(name)"
        case .pairing: "pairings"
        }
    }
}
