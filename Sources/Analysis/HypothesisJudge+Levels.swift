import Experiments
import Quantities
import Statistics
import TraceModel

/// Claims about levels of a factor, or the two pairings of the same events, set against one another.
extension HypothesisJudge {
    func equivalenceLooks(_ hypothesis: Hypothesis, along: Hypothesis.Along, margin: Hypothesis.Tolerance) -> [Look] {
        let comparisons = ladders(hypothesis, along: along).flatMap { ladder in
            ladder.indices.flatMap { lower in
                ladder[(lower + 1)...].map { Comparison(ladder[lower], $0, hypothesis, values: values) }
            }
        }
        return comparisons.map { comparison in
            comparison.look(refutingConfidence: 1 - 0.05 / Double(comparisons.count)) { comparison, plain, wide in
                let (interval, widened, limits) = comparison.deviation(margin, plain: plain, wide: wide)
                let band = Band(lowerBound: limits.lowerBound, upperBound: limits.upperBound)
                return (band.answer(interval, refutedBy: widened), band.strain(interval))
            }
        }
    }

    func trendLooks(_ hypothesis: Hypothesis, along: Hypothesis.Along, rising: Bool) -> [Look] {
        let steps = ladders(hypothesis, along: along).flatMap { ladder in
            zip(ladder, ladder.dropFirst()).map { Comparison($0, $1, hypothesis, values: values) }
        }
        return steps.map { step in
            step.look(refutingConfidence: 1 - 0.05 / Double(steps.count)) { _, plain, wide in
                let strain = rising ? -plain.difference.lowerBound : plain.difference.upperBound
                let isOpposite = rising ? wide.difference.upperBound <= 0 : wide.difference.lowerBound >= 0
                return (strain < 0 ? .supported : isOpposite ? .refuted : .undecided, strain)
            }
        }
    }

    /// One look for each ladder, shown by its pair of levels that lies farthest apart. That some pair of a ladder lies apart is
    /// supported by any pair, after correction for having looked at all of them; that none does is refuted when all of
    /// them do not, after correction for the number of ladders.
    func variationLooks(_ hypothesis: Hypothesis, along: Hypothesis.Along, byMoreThan ratio: Double) -> [Look] {
        let ladders = ladders(hypothesis, along: along)
        return ladders.map { ladder in
            var pairs: [Comparison] = []
            for lower in ladder.indices {
                for upper in ladder.indices where upper != lower {
                    pairs.append(Comparison(ladder[lower], ladder[upper], hypothesis, values: values))
                }
            }
            let looks = pairs.map { pair in
                (
                    pair.observedRatio ?? 0,
                    pair.look(
                        supportingConfidence: 1 - 0.05 / Double(max(1, pairs.count / 2)),
                        refutingConfidence: 1 - 0.05 / Double(ladders.count)
                    ) { _, supporting, refuting in
                        guard let plain = supporting.ratio, let wide = refuting.ratio else {
                            return (.undecided, .infinity)
                        }
                        let answer: HypothesisOutcome.Answer =
                            plain.lowerBound > ratio ? .supported : wide.upperBound < ratio ? .refuted : .undecided
                        return (answer, ratio - plain.lowerBound)
                    }
                )
            }
            guard let widest = looks.max(by: { $0.0 < $1.0 })?.1 else {
                return Look(answer: .undecided, figure: "There are fewer than two levels to compare.")
            }
            let isRefuted = looks.allSatisfy { $0.1.answer == .refuted }
            let isSupported = looks.contains { $0.1.answer == .supported }
            return Look(
                answer: isSupported ? .supported : isRefuted ? .refuted : .undecided, figure: widest.figure,
                strain: widest.strain)
        }
    }

    /// A rung of a ladder: the cell and the pairing under which its values are read.
    struct Rung {
        var cellIndex: Int
        var pairing: PairingKey
        /// What tells it from the other rungs, as in `clients 125` or `by thread`.
        var name: String
        /// What it shares with the other rungs.
        var place: String
    }

    /// The selected cells in groups that differ in nothing but the thing compared along, in the declared order.
    private func ladders(_ hypothesis: Hypothesis, along: Hypothesis.Along) -> [[Rung]] {
        let selected = selectedCells(hypothesis)
        switch along {
        case .pairing:
            return selected.map { index in
                PairingKey.allCases.map {
                    Rung(cellIndex: index, pairing: $0, name: "by \($0.rawValue)", place: cells[index].title)
                }
            }
        case .factor(let factor):
            let order = factors.first { $0.name == factor }?.levels.map(\.label) ?? []
            var groups: [(rest: [LevelChoice], rungs: [Rung])] = []
            for label in order {
                for index in selected where cells[index].choices.contains(LevelChoice(factor: factor, label: label)) {
                    let rest = cells[index].choices.filter { $0.factor != factor }
                    let place = rest.map { "\($0.factor) \($0.label)" }.joined(separator: ", ")
                    let rung = Rung(
                        cellIndex: index, pairing: hypothesis.pairing, name: "\(factor) \(label)", place: place)
                    if let known = groups.firstIndex(where: { $0.rest == rest }) {
                        groups[known].rungs.append(rung)
                    } else {
                        groups.append((rest, [rung]))
                    }
                }
            }
            return groups.map(\.rungs)
        }
    }
}
