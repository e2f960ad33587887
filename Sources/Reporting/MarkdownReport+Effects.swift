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
            Of a factor with two levels: the second against the first. Of one with more: how far each level lies off the mean over \
            all levels. Of two factors (×): how far they lie together off what each by itself leads one to expect; a ratio of 1, or a \
            difference of 0, says that they do not touch. Ratios are of geometric means; where a value is not positive, and of shares \
            (in points), there are differences. From \(link: "contrasts within blocks", to: "statistics.md"), averaged over the \
            levels of the other factors, one value a process, with 95 % Student t intervals over blocks; *p* is Holm's, corrected for \
            all effects of one metric.
            """,
        ] + tables
    }

    private static func table(_ metric: MetricEffects) -> Markdown {
        let isRatio = metric.effects.scale == .ratio
        let effects = named(metric.effects)
        func possible(_ effect: FactorEffects.Effect) -> Int {
            combinationCount(of: effect, among: metric.effects.factors)
        }
        // Only where cells were left out is there anything to say of what an effect was averaged over.
        let hasHoles = effects.contains { $0.effect.combinationCount < possible($0.effect) }
        var columns: [(title: Markdown, alignment: MarkdownTable.Alignment)] = [
            ("effect of", .left), (isRatio ? "ratio" : "difference", .right), ("p", .right),
        ]
        if hasHoles { columns.append(("over combinations of the other factors", .right)) }
        var table = MarkdownTable(columns)
        for (name, effect) in effects {
            let over: [Markdown] = hasHoles ? ["\(effect.combinationCount) of \(possible(effect))"] : []
            table.append(
                [
                    "\(name)", "\(verbatim: text(of: effect, metric.metric, isRatio: isRatio))",
                    "\(verbatim: probability(effect.adjustedProbability))",
                ] + over)
        }
        return table.markdown
    }

    /// How many combinations the levels of the other factors have.
    private static func combinationCount(
        of effect: FactorEffects.Effect, among factors: [FactorEffects.Factor]
    ) -> Int {
        factors.enumerated().reduce(1) { count, factor in
            effect.levels.contains { $0.factor == factor.offset } ? count : count * factor.element.levels.count
        }
    }

    /// The effects that say something new, with their names. Of a factor of two levels that is the one against the other: the
    /// effect of each by itself is half of it, one with the sign turned.
    private static func named(_ effects: FactorEffects) -> [(name: String, effect: FactorEffects.Effect)] {
        func name(_ level: FactorEffects.Level) -> String {
            let factor = effects.factors[level.factor]
            return "\(factor.name) \(factor.levels[level.level])"
        }
        func against(_ level: FactorEffects.Level) -> String {
            let factor = effects.factors[level.factor]
            return "\(factor.name) \(factor.levels[level.level]) against \(factor.levels[0])"
        }
        func isBinary(_ level: FactorEffects.Level) -> Bool { effects.factors[level.factor].levels.count == 2 }
        let others = (effects.mainEffects + effects.interactions).filter { effect in
            !effect.levels.allSatisfy(isBinary) && effect.levels.allSatisfy { !isBinary($0) || $0.level == 1 }
        }
        return effects.differences.map { ($0.levels.map(against).joined(separator: ", "), $0) }
            + effects.differencesOfDifferences.map { ($0.levels.map(against).joined(separator: " × "), $0) }
            + others.map { ($0.levels.map(name).joined(separator: " × "), $0) }
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
