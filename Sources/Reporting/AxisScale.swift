// Glibc for log10 and pow; the values are checked to be finite before they come here.
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A scale from values to places on an axis, 0 at its lower end and 1 at its upper.
struct AxisScale: Sendable, Equatable {
    let lowerBound: Double
    let upperBound: Double
    let isLogarithmic: Bool

    /// The scale that shows all values. It is logarithmic where all are positive and the largest is more than ten
    /// times the smallest, else linear; a linear one begins at zero unless the values lie close together.
    ///
    /// - Parameter closeUp: Whether a linear scale may leave out zero when the values spread over less than a fifth.
    static func fitting(_ values: [Double], closeUp: Bool = true) -> AxisScale {
        // No measured quantity comes near these ends; beyond them the arithmetic of axes would overflow.
        let finite = values.filter(\.isFinite).map { abs($0) < 1e-300 ? 0 : min(max($0, -1e300), 1e300) }
        guard let lowest = finite.min(), let highest = finite.max() else { return .init(linear: 0, 1) }
        if lowest > 0, highest > 10 * lowest {
            return .init(logarithmic: lowest / 1.25, highest * 1.25)
        }
        let spread = highest - lowest
        if closeUp, lowest > 0, spread < 0.2 * highest {
            let margin = max(spread * 0.25, highest * 0.005)
            return .init(linear: max(0, lowest - margin), highest + margin)
        }
        if highest == 0, lowest == 0 { return .init(linear: 0, 1) }
        return .init(linear: min(0, lowest * 1.05), max(0, highest * 1.08))
    }

    /// The scale with its ends moved out to the nearest ticks, so that every value lies between two of them.
    func endingOnTicks(count: Int) -> AxisScale {
        var scale = self
        // Moving an end may widen the ticks' step, which then asks for another move; it settles within a few.
        for _ in 0..<8 {
            let ticks = scale.ticks(count: count)
            guard ticks.count > 1, let first = ticks.first, let last = ticks.last else { return scale }
            let next: (below: Double, above: Double)
            if isLogarithmic {
                let power = { (value: Double, rounding: FloatingPointRoundingRule) in
                    pow(10, (log10(value) + (rounding == .up ? -1e-9 : 1e-9)).rounded(rounding))
                }
                let isDecades = ticks.allSatisfy { abs(log10($0) - log10($0).rounded()) < 1e-9 }
                let outer = (below: power(scale.lowerBound, .down), above: power(scale.upperBound, .up))
                // A step of several decades may miss an end that is a decade already.
                let above = last < scale.upperBound * 0.999 && outer.above <= scale.upperBound * 1.001
                next =
                    isDecades
                    ? (outer.below, above ? outer.above * 10 : outer.above)
                    : (Self.stepDown(scale.lowerBound), Self.stepUp(scale.upperBound))
            } else {
                let step = ticks[1] - ticks[0]
                next = (
                    (scale.lowerBound / step + 1e-9).rounded(.down) * step,
                    (scale.upperBound / step - 1e-9).rounded(.up) * step
                )
            }
            let isClose = { (left: Double, right: Double) in abs(left - right) <= 1e-9 * max(abs(left), abs(right)) }
            if isClose(first, scale.lowerBound), isClose(last, scale.upperBound) { return scale }
            scale =
                isLogarithmic
                ? AxisScale(logarithmic: next.below, next.above) : AxisScale(linear: next.below, next.above)
        }
        return scale
    }

    private static func stepDown(_ value: Double) -> Double {
        let power = pow(10, log10(value).rounded(.down))
        return ([5, 2, 1].map { $0 * power }.first { $0 <= value * (1 + 1e-9) }) ?? power
    }

    private static func stepUp(_ value: Double) -> Double {
        let power = pow(10, log10(value).rounded(.down))
        return ([1, 2, 5, 10].map { $0 * power }.first { $0 >= value * (1 - 1e-9) }) ?? power * 10
    }

    init(linear lowerBound: Double, _ upperBound: Double) {
        precondition(lowerBound < upperBound, "axis from \(lowerBound) to \(upperBound)")
        (self.lowerBound, self.upperBound, isLogarithmic) = (lowerBound, upperBound, false)
    }

    init(logarithmic lowerBound: Double, _ upperBound: Double) {
        precondition(0 < lowerBound && lowerBound < upperBound, "logarithmic axis from \(lowerBound) to \(upperBound)")
        (self.lowerBound, self.upperBound, isLogarithmic) = (lowerBound, upperBound, true)
    }

    /// The place of the value, 0…1; values beyond an end are put at that end.
    func place(of value: Double) -> Double {
        let clamped = min(max(value, lowerBound), upperBound)
        if isLogarithmic {
            return (log10(clamped) - log10(lowerBound)) / (log10(upperBound) - log10(lowerBound))
        }
        // Halves first: the difference of two huge bounds must not overflow.
        return (clamped / 2 - lowerBound / 2) / (upperBound / 2 - lowerBound / 2)
    }

    /// Round values inside the scale, ascending: powers of ten over more than two decades, 1-2-5 below that and on
    /// linear scales.
    ///
    /// - Parameter count: About how many are wanted, 2…12.
    func ticks(count: Int) -> [Double] {
        if isLogarithmic {
            let first = Int((log10(lowerBound) - 1e-9).rounded(.up))
            let last = Int((log10(upperBound) + 1e-9).rounded(.down))
            let decades = max(0, last - first + 1)
            if decades >= 3 {
                let step = max(1, (decades + count - 1) / count)
                return stride(from: first, through: last, by: step).map { pow(10, Double($0)) }
            }
            let steps = (first - 1...last).flatMap { power in [1.0, 2, 5].map { $0 * pow(10, Double(power)) } }
            return steps.filter { lowerBound * (1 - 1e-9) <= $0 && $0 <= upperBound * (1 + 1e-9) }
        }
        let rough = (upperBound / 2 - lowerBound / 2) * 2 / Double(count)
        let power = pow(10, log10(rough).rounded(.down))
        let step = [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? rough
        let first = Int((lowerBound / step - 1e-9).rounded(.up))
        let last = Int((upperBound / step + 1e-9).rounded(.down))
        return first <= last ? (first...last).map { Double($0) * step } : []
    }
}
