// What each factor of an experiment does, and what two do together, in a randomised complete block design (Montgomery
// 2017, Design and Analysis of Experiments, chapters 4 and 5): every cell runs once in every block, in random order.
//
// An effect is a contrast of cell means. It is computed inside each block that has all its cells, where whatever the
// machine did to the whole block cancels, and the blocks' contrasts give Student's t interval. The pooled residual of
// an analysis of variance would have more degrees of freedom, but supposes one variance for all cells: a slow cell is a
// noisy cell, and then its intervals are wrong. This one is right whatever the variance of each cell.
//
// Cells that never ran leave holes. An effect is given over those combinations of the other factors for which all levels
// of its own exist; where there is none, nothing is given, and the reason is.

/// Main effects and two-way interactions of factors, each with an interval from block to block.
public struct FactorEffects: Sendable, Equatable {
    /// A factor that was declared, and its levels.
    public struct Factor: Sendable, Equatable {
        public var name: String
        /// At least two.
        public var levels: [String]

        public init(name: String, levels: [String]) {
            precondition(levels.count >= 2, "factor \(name) has \(levels.count) levels")
            self.name = name
            self.levels = levels
        }
    }

    /// A cell's value in a block.
    public struct Observation: Sendable, Equatable {
        public var block: Int
        /// The index of the level of each factor, in the order of the factors.
        public var levels: [Int]
        public var value: Double

        public init(block: Int, levels: [Int], value: Double) {
            self.block = block
            self.levels = levels
            self.value = value
        }
    }

    /// How effects are expressed.
    public enum Scale: Sendable, Equatable {
        /// Differences, in the unit of the values; no effect is 0.
        case difference
        /// Ratios of geometric means; no effect is 1. Values must be positive.
        case ratio
    }

    /// One level of one factor, by their indices.
    public struct Level: Sendable, Hashable {
        public var factor: Int
        public var level: Int

        public init(factor: Int, level: Int) {
            self.factor = factor
            self.level = level
        }
    }

    /// Why there is no effect.
    public enum Absence: Sendable, Equatable {
        /// The levels never all ran with the same levels of the other factors.
        case noCompleteCrossing
        /// Fewer than two blocks have all the cells that it needs; so many do.
        case tooFewBlocks(Int)
    }

    /// A contrast and what is known of it.
    public struct Effect: Sendable, Equatable {
        /// One level for a main effect, one of each of two factors for an interaction.
        public let levels: [Level]
        /// The mean of the blocks' contrasts with its 95 % interval, and the contrasts in the order of the blocks; on
        /// the scale that was asked for. Nil where `absence` says why.
        public let estimate: Estimate?
        public let absence: Absence?
        /// The two-sided probability of a contrast at least this large if there was none; nil without an estimate, and
        /// where all blocks have the same contrast.
        public let probability: Double?
        /// The same among all effects of this value, by ``HolmAdjustment``.
        public internal(set) var adjustedProbability: Double?
        /// How many combinations of the other factors it averages over.
        public let combinationCount: Int
    }

    public let factors: [Factor]
    public let scale: Scale
    /// For each factor and level, the mean of its cells less the mean of all cells, in the order of factors and levels.
    public let mainEffects: [Effect]
    /// For each pair of factors and of their levels, the mean of their cells less both main effects and the mean of all.
    public let interactions: [Effect]
    /// For each factor of two levels, the second less the first: twice its main effect.
    public let differences: [Effect]
    /// For each pair of factors of two levels, by how much the second factor's difference at the second level of the
    /// first exceeds that at its first level: four times the interaction.
    public let differencesOfDifferences: [Effect]

    /// Nil where the scale is of ratios and a value is zero or negative. O(effects · cells · blocks).
    ///
    /// - Parameters:
    ///   - factors: At least one.
    ///   - observations: In any order, at most one for a block and cell; finite. A cell that is in no block was excluded.
    ///   - scale: How to express the effects.
    public init?(factors: [Factor], observations: [Observation], scale: Scale = .difference) {
        precondition(!factors.isEmpty, "effects of no factors")
        guard scale == .difference || observations.allSatisfy({ $0.value > 0 }) else { return nil }
        let table = BlockTable(factors: factors, observations: observations, scale: scale)
        func effect(_ levels: [Level], times multiple: Double = 1) -> Effect {
            table.effect(Contrast(levels: levels, levelCounts: factors.map(\.levels.count), multiple: multiple))
        }
        let all = factors.indices.map { factor in
            factors[factor].levels.indices.map { Level(factor: factor, level: $0) }
        }
        let pairs = factors.indices.flatMap { first in ((first + 1)..<factors.count).map { (first, $0) } }
        let binary = factors.map { $0.levels.count == 2 }
        self.factors = factors
        self.scale = scale
        let main = all.flatMap { $0.map { effect([$0]) } }
        let crossed = pairs.flatMap { first, second in
            all[first].flatMap { level in all[second].map { effect([level, $0]) } }
        }
        let adjusted = Self.adjusted(main + crossed, factors: factors)
        mainEffects = Array(adjusted[..<main.count])
        interactions = Array(adjusted[main.count...])
        let known = Dictionary(uniqueKeysWithValues: adjusted.map { ($0.levels, $0.adjustedProbability) })
        func multiple(_ levels: [Level], _ multiple: Double) -> Effect {
            var effect = effect(levels, times: multiple)
            effect.adjustedProbability = known[levels] ?? nil
            return effect
        }
        differences = factors.indices.filter { binary[$0] }.map { multiple([all[$0][1]], 2) }
        differencesOfDifferences = pairs.filter { binary[$0] && binary[$1] }.map { first, second in
            multiple([all[first][1], all[second][1]], 4)
        }
    }

    /// Holm's correction over the effects that say something new: where a factor has two levels, the effect of one is
    /// that of the other with the sign turned, and both count once.
    private static func adjusted(_ effects: [Effect], factors: [Factor]) -> [Effect] {
        func representative(_ levels: [Level]) -> [Level] {
            levels.map { factors[$0.factor].levels.count == 2 ? Level(factor: $0.factor, level: 1) : $0 }
        }
        let distinct = effects.filter { $0.levels == representative($0.levels) && $0.probability != nil }
        let probabilities = HolmAdjustment.adjusted(distinct.compactMap(\.probability))
        let known = Dictionary(uniqueKeysWithValues: zip(distinct.map(\.levels), probabilities))
        return effects.map { effect in
            var effect = effect
            effect.adjustedProbability = effect.probability.flatMap { _ in known[representative(effect.levels)] }
            return effect
        }
    }
}
