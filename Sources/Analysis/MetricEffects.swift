import Experiments
import Statistics
import TraceModel

/// What the declared factors do to one metric: main effects and two-way interactions, each with a 95 % interval.
public struct MetricEffects: Sendable, Equatable {
    public var metric: Metric
    /// Nil where the metric does not depend on one.
    public var pairing: PairingKey?
    /// On the scale of ratios where all values are positive and none is a share, else of differences.
    public var effects: FactorEffects

    public init(metric: Metric, pairing: PairingKey?, effects: FactorEffects) {
        self.metric = metric
        self.pairing = pairing
        self.effects = effects
    }

    /// Of the metrics that the hypotheses speak of, each once, in their order; empty without a factor of two levels.
    ///
    /// - Parameter values: One for each cell of the plan, in its order.
    static func all(_ declaration: Declaration, plan: Plan, values: [ProcessValues]) -> [MetricEffects] {
        let factors = declaration.factors.filter { $0.levels.count >= 2 }
        guard !factors.isEmpty else { return [] }
        let keys = declaration.hypotheses.map { ProcessValues.Key($0.metric, $0.pairing) }.unique()
        return keys.compactMap { key in
            let observations = zip(plan.cells, values).flatMap { cell, values in
                Self.observations(of: key, in: cell, values, factors)
            }
            let isRatio = key.metric.dimension != .share && observations.allSatisfy { $0.value > 0 }
            guard !observations.isEmpty,
                let effects = FactorEffects(
                    factors: factors.map { .init(name: $0.name, levels: $0.levels.map(\.label)) },
                    observations: observations, scale: isRatio ? .ratio : .difference)
            else { return nil }
            return MetricEffects(metric: key.metric, pairing: key.pairing, effects: effects)
        }
    }

    private static func observations(
        of key: ProcessValues.Key, in cell: Cell, _ values: ProcessValues, _ factors: [Factor]
    ) -> [FactorEffects.Observation] {
        let levels = factors.compactMap { factor in
            let label = cell.choices.first { $0.factor == factor.name }?.label
            return factor.levels.firstIndex { $0.label == label }
        }
        guard levels.count == factors.count else { return [] }
        return values.complete(key).map {
            FactorEffects.Observation(block: $0.block, levels: levels, value: $0.value)
        }
    }
}
