// The project has one definition of a quantile (see Quantile), and it should not jump to another one as soon as a single
// duration is open. It speaks of ranks, and the curve has ranks as well: N·(1 − S) of N observations lie at or below a step, and
// each duration that ended stands for itself and for its part of those that were cut off before it (Efron 1967, "The two
// sample problem with censored data": mass is redistributed to the right). Without censoring the ranks are 1, 2, 3 … .

extension KaplanMeier {
    /// The quantile by the project's definition, ``Quantile``, on the ranks of the curve. O(log n).
    ///
    /// - Parameter quantile: 0…1; 0.99 is p99.
    /// - Returns: In nanoseconds; nil where the rank lies beyond the last duration that ended, and others were still open:
    ///   it is then not known from above. Without censoring that of ``Quantile``.
    public func quantile(_ quantile: Double) -> Double? {
        precondition((0...1).contains(quantile), "quantile \(quantile) outside 0…1")
        let whole = Double(finishedCount + censoredCount)
        let rank = (whole + 1.0 / 3.0) * quantile + 1.0 / 3.0
        func rankReached(_ step: Step) -> Double { whole * (1 - step.survival) }
        // What differs by rounding alone is equal.
        let slack = 1e-9 * whole
        let low = steps.partitioningIndex { rankReached($0) + slack >= rank }
        guard low < steps.count else {
            // Nobody is longer than the last one that ended, unless somebody was cut off.
            return steps.last.flatMap { $0.survival <= 0 ? Double($0.nanoseconds) : nil }
        }
        let value = Double(steps[low].nanoseconds)
        guard low > 0 else { return value }
        let before = steps[low - 1]
        let share = min((rank - rankReached(before)) / steps[low].weight, 1)
        return Double(before.nanoseconds) + share * (value - Double(before.nanoseconds))
    }
}
