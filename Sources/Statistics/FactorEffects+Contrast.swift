#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension FactorEffects {
    /// The weights that make an effect of cell means: the product over the effect's factors of (1 at the level, less one
    /// part of the number of levels), averaged over the combinations of the other factors.
    struct Contrast {
        let levels: [Level]
        let levelCounts: [Int]
        let multiple: Double

        /// Of a cell whose other levels are one of the combinations averaged over.
        func weight(_ cell: [Int]) -> Double {
            levels.reduce(multiple) { weight, level in
                weight * ((cell[level.factor] == level.level ? 1 : 0) - 1 / Double(levelCounts[level.factor]))
            }
        }

        /// The cell's levels of the other factors.
        func combination(of cell: [Int]) -> [Int] {
            cell.indices.filter { factor in !levels.contains { $0.factor == factor } }.map { cell[$0] }
        }

        /// How many cells a combination must have.
        var crossingCount: Int { levels.reduce(1) { $0 * levelCounts[$1.factor] } }
    }

    /// The values by block and cell, as logarithms where ratios are asked for.
    struct BlockTable {
        let scale: Scale
        /// In the order of the blocks.
        private let blocks: [[[Int]: Double]]
        /// Ascending, so that sums do not depend on the order of a dictionary.
        private let cells: [[Int]]

        init(factors: [Factor], observations: [Observation], scale: Scale) {
            var blocks: [Int: [[Int]: Double]] = [:]
            for observation in observations {
                precondition(
                    observation.levels.count == factors.count
                        && zip(observation.levels, factors).allSatisfy { $1.levels.indices.contains($0) },
                    "levels \(observation.levels) in block \(observation.block) are not of the \(factors.count) factors"
                )
                let value = scale == .ratio ? log(observation.value) : observation.value
                let former = blocks[observation.block, default: [:]].updateValue(value, forKey: observation.levels)
                precondition(former == nil, "cell \(observation.levels) twice in block \(observation.block)")
            }
            self.scale = scale
            self.blocks = blocks.sorted { $0.key < $1.key }.map(\.value)
            cells = Set(observations.map(\.levels)).sorted { $0.lexicographicallyPrecedes($1) }
        }

        func effect(_ contrast: Contrast) -> Effect {
            let combinations = Dictionary(grouping: cells) { contrast.combination(of: $0) }
                .filter { $0.value.count == contrast.crossingCount }
            guard !combinations.isEmpty else { return absent(contrast, .noCompleteCrossing, combinationCount: 0) }
            let used = cells.filter { combinations[contrast.combination(of: $0)] != nil }
            let weights = used.map { contrast.weight($0) }
            let contrasts = blocks.compactMap { block -> Double? in
                var sum = 0.0
                for (cell, weight) in zip(used, weights) {
                    guard let value = block[cell] else { return nil }
                    sum += weight * value
                }
                return sum / Double(combinations.count)
            }
            guard contrasts.count >= 2 else {
                return absent(contrast, .tooFewBlocks(contrasts.count), combinationCount: combinations.count)
            }
            return Effect(
                levels: contrast.levels, estimate: estimate(contrasts), absence: nil,
                probability: Moments(contrasts).probabilityOfZeroMean, adjustedProbability: nil,
                combinationCount: combinations.count)
        }

        private func estimate(_ contrasts: [Double]) -> Estimate {
            let estimate = Estimate(processValues: contrasts)
            guard scale == .ratio else { return estimate }
            return Estimate(
                value: exp(estimate.value),
                interval: estimate.interval.map {
                    Interval(lowerBound: exp($0.lowerBound), upperBound: exp($0.upperBound))
                },
                processValues: contrasts.map { exp($0) })
        }

        private func absent(_ contrast: Contrast, _ absence: Absence, combinationCount: Int) -> Effect {
            Effect(
                levels: contrast.levels, estimate: nil, absence: absence, probability: nil, adjustedProbability: nil,
                combinationCount: combinationCount)
        }
    }
}
