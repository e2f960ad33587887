import Experiments
import Randomness
import Statistics

extension NullControl {
    /// Random relabellings behind a share of false alarms.
    private static let relabellings = 999

    /// The control of every series that has one; nil where none has.
    ///
    /// - Parameters:
    ///   - series: With all their pairs. Those that cannot be compared have no entry.
    ///   - level: One-sided, of the last look: the gate's rule that null pairs are held against.
    init?(of series: [PairedSeries], design: SequentialDesign, level: Double) {
        let samples = series.compactMap { series -> (series: PairedSeries, sample: DifferenceSample)? in
            let pairs = series.pairs.compactMap { pair in
                pair.control.map { (baseline: pair.baseline, candidate: $0) }
            }
            do throws(Incomparable) {
                return (series, try DifferenceSample(pairs, band: series.band))
            } catch {
                // Too few null pairs, or values without a ratio: the comparison itself says so where it matters.
                return nil
            }
        }
        let alarmLevel = design.controlErrorRate / Double(max(1, samples.count))
        var entries: [Entry] = []
        for (series, sample) in samples {
            var stream = RandomStream(seed: design.seed, name: "control/\(series.metric)/\(series.cell)")
            let entry = Entry(series, sample, level: level, alarmLevel: alarmLevel, using: &stream)
            if let entry { entries.append(entry) }
        }
        guard !entries.isEmpty else { return nil }
        self.init(entries: entries)
    }

    /// Why nothing may fail; nil without an alarm.
    var alarmSentence: String? {
        let names = entries.filter(\.hasAlarmed).map { $0.cell.isEmpty ? $0.metric : "\($0.metric), \($0.cell)" }
        guard !names.isEmpty else { return nil }
        return "The null control alarmed: the baseline differs from itself in \(names.joined(separator: "; "))."
    }

    /// How often the rule would call null pairs worse if in each of them the sides were exchanged or not, by chance.
    fileprivate static func falseAlarmShare(
        _ sample: DifferenceSample, limit: Double, level: Double, using stream: inout RandomStream
    ) -> Double {
        let count = Double(sample.values.count)
        let quantile = StudentT(degreesOfFreedom: count - 1).quantile(1 - level)
        let squares = sample.values.reduce(0) { $0 + $1 * $1 }
        var alarms = 0
        for _ in 0..<relabellings {
            let sum = sample.values.reduce(0) { $0 + (stream.next() & 1 == 0 ? $1 : -$1) }
            let variance = max(0, squares - sum * sum / count) / (count - 1)
            if sum / count - quantile * (variance / count).squareRoot() > limit { alarms += 1 }
        }
        return Double(alarms) / Double(relabellings)
    }
}

extension NullControl.Entry {
    fileprivate init?(
        _ series: PairedSeries, _ sample: DifferenceSample, level: Double, alarmLevel: Double,
        using stream: inout RandomStream
    ) {
        let moments = sample.moments
        guard let interval = Interval(of: moments), let deviation = moments.standardDeviation else { return nil }
        let student = StudentT(degreesOfFreedom: Double(moments.count - 1))
        let standardError = deviation / Double(moments.count).squareRoot()
        let limit = series.band.limit
        // An effect that is the limit and this much has its interval beyond the band in four of five sessions.
        let detectable = limit + (student.quantile(1 - level) + student.quantile(0.8)) * standardError
        let side: Metric.Direction = moments.mean >= 0 ? .higherIsWorse : .lowerIsWorse
        let probability = moments.mean == 0 ? 1 : 2 * sample.probability(beyond: 0, side, using: &stream)
        let shown: (Double, Interval)
        switch series.band.size {
        case .relative:
            shown = (
                exponential(moments.mean),
                Interval(
                    lowerBound: exponential(interval.lowerBound), upperBound: exponential(interval.upperBound))
            )
        case .absolute: shown = (moments.mean, interval)
        }
        self.init(
            cell: series.cell, metric: series.metric, effect: shown.0, interval: shown.1,
            noiseFloor: (interval.upperBound - interval.lowerBound) / 2, smallestDetectableEffect: detectable,
            falseAlarmShare: NullControl.falseAlarmShare(sample, limit: limit, level: level, using: &stream),
            hasAlarmed: probability <= alarmLevel)
    }
}
