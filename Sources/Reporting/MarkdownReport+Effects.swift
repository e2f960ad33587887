import Analysis
import Experiments
import Quantities
import Statistics
import TraceModel

extension MarkdownReport {
    /// Main effects and two-way interactions of the declared factors, on the metrics that the hypotheses speak of.
    var effects: [Markdown] {
        let tables = summary.effects.map { metric -> Markdown in
            let pairing = metric.pairing.map { ", \($0.title)" } ?? ""
            return .details(
                summary: "\(html: metric.metric.title + pairing)", [Self.table(metric)])
        }
        guard !tables.isEmpty else { return [] }
        return [
            "## Effects of the factors",
            """
            By how much each level lies off the mean over all levels, and each pair of levels off what the two levels by themselves \
            lead one to expect: as a ratio of geometric means where all values are positive, else as a difference (of shares, in points). From contrasts within blocks, one value a process, with \
            95 % Student t intervals over blocks; *p* is Holm's, corrected for all effects of one metric. An interaction of ratio 1 \
            (difference 0) says that two factors do not touch.
            """,
        ] + tables
    }

    private static func table(_ metric: MetricEffects) -> Markdown {
        let isRatio = metric.effects.scale == .ratio
        var table = MarkdownTable([
            ("effect of", .left), (isRatio ? "ratio" : "difference", .right), ("p", .right), ("over", .right),
        ])
        for (name, effect) in named(metric.effects) {
            table.append([
                "\(name)", "\(verbatim: text(of: effect, metric.metric, isRatio: isRatio))",
                "\(verbatim: probability(effect.adjustedProbability))",
                "\(effect.combinationCount.counted("combination"))",
            ])
        }
        return table.markdown
    }

    /// Every effect with its name. Of two levels the one against the other comes first, which says the same and reads better.
    private static func named(_ effects: FactorEffects) -> [(name: String, effect: FactorEffects.Effect)] {
        func name(_ level: FactorEffects.Level) -> String {
            let factor = effects.factors[level.factor]
            return "\(factor.name) \(factor.levels[level.level])"
        }
        func against(_ level: FactorEffects.Level) -> String {
            let factor = effects.factors[level.factor]
            return "\(factor.name) \(factor.levels[level.level]) against \(factor.levels[0])"
        }
        return effects.differences.map { ($0.levels.map(against).joined(separator: ", "), $0) }
            + effects.differencesOfDifferences.map { ($0.levels.map(against).joined(separator: " × "), $0) }
            + (effects.mainEffects + effects.interactions).map { ($0.levels.map(name).joined(separator: " × "), $0) }
    }

    private static func text(of effect: FactorEffects.Effect, _ metric: Metric, isRatio: Bool) -> String {
        guard let estimate = effect.estimate else {
            switch effect.absence {
            case .tooFewBlocks(let count)?:
                return "\(FigureColumn.absent) (\(count.counted("complete block")), two are needed)"
            case .noCompleteCrossing?, nil: return "\(FigureColumn.absent) (not all of its cells have the figure)"
            }
        }
        let interval = estimate.interval
        guard !isRatio else {
            return estimate.value.fixed(3)
                + (interval.map { " [\($0.lowerBound.fixed(3)), \($0.upperBound.fixed(3))]" } ?? "")
        }
        let text = MetricText(metric)
        return interval.map { text.text(estimate.value, $0) } ?? text.text(estimate.value)
    }

    private static func probability(_ value: Double?) -> String {
        guard let value else { return FigureColumn.absent }
        return value < 0.001 ? "< 0.001" : value.fixed(3)
    }
}
