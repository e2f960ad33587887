import Experiments
import Gating
import Quantities
import Statistics

// Glibc for exp, which undoes the logarithm that relative effects are compared on.
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How the effect on one metric is written, in every format alike: as a change in percent where the band is relative, in
/// the metric's own unit where it is absolute.
struct EffectText {
    let band: Band
    let dimension: Metric.Dimension

    /// The band, as in `5 %`, `1 ms` or `5 points`.
    var bandText: String {
        switch band.size {
        case .relative(let share): "\(FigureColumn.trimmed(100 * share)) %"
        case .absolute(let size):
            "\(FigureColumn.trimmed(size / unit(for: [size]).divisor))\(unit(for: [size]).suffix)"
        }
    }

    /// A change with its interval, as in `+7.1 [+5.6, +8.6] %`; the interval is left out where it is unknown.
    ///
    /// - Parameters:
    ///   - effect: As ``Gating/MetricOutcome/effect``: a ratio for a relative band, a difference for an absolute one.
    ///   - interval: Of the effect.
    func text(_ effect: Double?, _ interval: Interval?) -> String {
        guard let effect, effect.isFinite else { return FigureColumn.absent }
        let bounds = interval.map { [change($0.lowerBound), change($0.upperBound)] } ?? []
        let value = change(effect)
        let unit = unit(for: [value] + bounds)
        let scaled = ([value] + bounds).map { $0 / unit.divisor }
        let halfWidth = scaled.count == 3 ? (scaled[2] - scaled[1]) / 2 : 0
        let decimals = Self.decimals(halfWidth.isFinite && halfWidth > 0 ? halfWidth : abs(scaled[0]))
        let texts = scaled.map { Self.signed($0, decimals: decimals) }
        return texts.count == 3 ? "\(texts[0]) [\(texts[1]), \(texts[2])]\(unit.suffix)" : "\(texts[0])\(unit.suffix)"
    }

    /// The size of an effect without its direction, as in `1.2 %`.
    ///
    /// - Parameter size: On the scale of the comparison, as ``Gating/Band/limit``: a logarithm for a relative band.
    func size(onScale size: Double) -> String {
        guard size.isFinite else { return FigureColumn.absent }
        let change =
            switch band.size {
            case .relative: expm1(size)
            case .absolute: size
            }
        let unit = unit(for: [change])
        let scaled = change / unit.divisor
        return scaled.fixed(Self.decimals(abs(scaled))) + unit.suffix
    }

    /// The effect on the scale of the comparison, positive where it is worse, in units of the band: 1 is its edge.
    ///
    /// - Returns: Nil for a ratio that has no logarithm.
    func inBands(_ effect: Double, _ direction: Metric.Direction) -> Double? {
        let size: Double
        switch band.size {
        case .relative:
            guard effect > 0 else { return nil }
            size = log(effect)
        case .absolute: size = effect
        }
        guard size.isFinite else { return nil }
        return (direction == .higherIsWorse ? size : -size) / band.limit
    }

    /// What is printed: the change as a share for a ratio, the difference itself otherwise.
    private func change(_ effect: Double) -> Double {
        switch band.size {
        case .relative: effect - 1
        case .absolute: effect
        }
    }

    private func unit(for values: [Double]) -> (divisor: Double, suffix: String) {
        if case .relative = band.size { return (0.01, " %") }
        let largest = values.filter(\.isFinite).map { abs($0) }.max() ?? 0
        switch dimension {
        case .duration:
            let scale = Scale.fitting(nanoseconds: largest)
            return (scale.nanosecondsPerUnit, " \(scale.unit)")
        case .rate: return (1, "/s")
        // A difference of shares is in percentage points: 5 points from 20 % are 25 %, 5 % of them are 21 %.
        case .share: return (0.01, " points")
        case .count: return (1, "")
        case .bytes: return (1_048_576, " MiB")
        }
    }

    /// Two digits of what is uncertain, or of the value itself where nothing is; at most four decimals.
    private static func decimals(_ size: Double) -> Int {
        switch size {
        case 10...: 0
        case 1...: 1
        case 0.1...: 2
        case 0.01...: 3
        case 0: 1
        default: 4
        }
    }

    /// The number with its sign, except where it rounds to zero.
    private static func signed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "unbounded" }
        let text = value.fixed(decimals)
        return value > 0 && text.contains { $0.isNumber && $0 != "0" } ? "+\(text)" : text
    }
}

extension MetricOutcome {
    var effectText: EffectText { EffectText(band: band, dimension: dimension) }

    /// The metric with its cell, as in `request.p99 at clients 125`, on one line.
    var place: String { Self.place(metric: metric, cell: cell) }

    static func place(metric: String, cell: String) -> String {
        let name = PlainText.singleLine(metric)
        return cell.isEmpty ? name : "\(name) at \(PlainText.singleLine(cell))"
    }

    /// The baseline's value and the candidate's, in one unit.
    var valueTexts: (baseline: String, candidate: String) {
        let format = FigureFormat(dimension, values: [baseline, candidate].compactMap(\.self))
        let text = { (value: Double?) in value.map(format.text) ?? FigureColumn.absent }
        return (text(baseline), text(candidate))
    }

    /// The effect with its interval, as in `+7.1 [+5.6, +8.6] %`.
    var effectWithInterval: String { effectText.text(effect, interval) }

    /// The same, and behind it that of fresh pairs which do not confirm it.
    var effectWithFreshPairs: String {
        guard let fresh = unconfirmedBy else { return effectWithInterval }
        return "\(effectWithInterval), fresh pairs \(effectText.text(fresh.effect, fresh.interval))"
    }

    /// The verdict, and whether it is one because fresh pairs did not confirm a failure.
    var verdictText: String { unconfirmedBy == nil ? verdict.rawValue : "\(verdict.rawValue), not confirmed" }
}

extension GateOutcome {
    /// The outcome that an entry of the null control stands beside; nil where there is none.
    func metric(of entry: NullControl.Entry) -> MetricOutcome? {
        metrics.first { $0.cell == entry.cell && $0.metric == entry.metric }
    }
}
