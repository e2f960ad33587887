import Statistics

/// When a gate looks, and what each look may call significant.
///
/// Among m comparisons the j-th most significant one has the bounds of the error α/(m − j + 1) for its own: Holm's procedure
/// over group-sequential tests (Ye, Li, Liu & Yao 2013, doi:10.1002/sim.5700). To divide the look's level instead would be
/// wrong: looks at an extreme level overlap less, and together spend more than their share.
struct LookSchedule: Sendable {
    /// After how many pairs.
    let pairs: [Int]
    private let errorRate: Double
    private let exponent: Double
    /// The levels of all looks by the divisor of the error, as far as they were needed.
    private var levels: [Int: [Double]] = [:]

    /// - Parameter errorRate: In one direction, over all looks.
    init(pairs: [Int], errorRate: Double, exponent: Double) {
        self.pairs = pairs
        self.errorRate = errorRate
        self.exponent = exponent
    }

    /// The one-sided nominal level of a look where the error is shared among so many comparisons.
    mutating func level(at look: Int, among comparisons: Int = 1) -> Double {
        if let known = levels[comparisons] { return known[look] }
        let last = Double(pairs[pairs.count - 1])
        let bounds = GroupSequentialBounds(
            errorRate: errorRate / Double(comparisons), fractions: pairs.map { Double($0) / last },
            spending: .power(exponent))
        levels[comparisons] = bounds.looks.map(\.nominalLevel)
        return bounds.looks[look].nominalLevel
    }

    /// Which of the probabilities are significant at the look by Holm's procedure.
    ///
    /// - Parameter probabilities: Nil for a comparison that takes part in the matrix and is not significant by itself.
    mutating func significant(_ probabilities: [Double?], at look: Int) -> [Bool] {
        var found = probabilities.map { _ in false }
        let ordered = probabilities.indices.compactMap { index in probabilities[index].map { (index, $0) } }
            .sorted { $0.1 < $1.1 }
        for (rank, (index, probability)) in ordered.enumerated() {
            guard probability <= level(at: look, among: probabilities.count - rank) else { break }
            found[index] = true
        }
        return found
    }
}
