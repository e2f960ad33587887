import Experiments
import Quantities
import Statistics

/// How effects on the scale of a comparison are written in a reason, as in `+5.2 % [+4.1 %, +6.3 %]`.
struct EffectText {
    let band: Band
    let dimension: Metric.Dimension

    /// An effect with its sign.
    func text(_ effect: Double) -> String {
        switch band.size {
        case .relative: return signed(exponential(lessOne: effect) * 100, decimals: 2, unit: " %")
        case .absolute: return absolute(effect)
        }
    }

    /// An interval of effects.
    func text(_ interval: Interval) -> String { "[\(text(interval.lowerBound)), \(text(interval.upperBound))]" }

    /// The band as declared, without a sign.
    var bandText: String {
        switch band.size {
        case .relative(let share): trimmed((share * 100).fixed(4)) + " %"
        case .absolute(let size): trimmed(String(absolute(size).dropFirst()))
        }
    }

    private func absolute(_ value: Double) -> String {
        switch dimension {
        case .duration:
            let scale = Scale.fitting(nanoseconds: value)
            return signed(value / scale.nanosecondsPerUnit, decimals: 3, unit: " \(scale.unit)")
        case .rate: return signed(value, decimals: 3, unit: "/s")
        case .share: return signed(value * 100, decimals: 2, unit: " points")
        case .count: return signed(value, decimals: 2, unit: "")
        case .bytes: return signed(value / 1_048_576, decimals: 3, unit: " MiB")
        }
    }

    private func signed(_ value: Double, decimals: Int, unit: String) -> String {
        (value < 0 ? "-" : "+") + abs(value).fixed(decimals) + unit
    }

    /// Without the zeros that end the number's decimals.
    private func trimmed(_ text: String) -> String {
        let number = text.prefix { $0.isNumber || $0 == "." }
        guard number.contains(".") else { return text }
        var digits = String(number)
        while digits.hasSuffix("0") { digits.removeLast() }
        if digits.hasSuffix(".") { digits.removeLast() }
        return digits + text.dropFirst(number.count)
    }
}
