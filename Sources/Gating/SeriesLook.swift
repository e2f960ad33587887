import Experiments
import Statistics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One metric in one cell, as some of its pairs show it at one look.
struct SeriesLook: Sendable {
    enum Placement: Sendable, Equatable {
        /// The whole interval lies inside the band.
        case inside
        /// The whole interval lies beyond the band on the good side.
        case better
        /// The whole interval lies beyond the band on the bad side.
        case worse
        /// The interval reaches over an edge of the band.
        case undecided
        /// There is no interval; the sentence says why.
        case incomparable(String)
    }

    let series: PairedSeries
    /// One-sided: the interval leaves out so much on either side.
    let level: Double
    let placement: Placement
    /// Nil where they are incomparable.
    let sample: DifferenceSample?
    /// Of the mean difference, on the scale of the comparison; nil where they are incomparable.
    let interval: Interval?
    let pairCount: Int

    /// - Parameters:
    ///   - blocks: Which pairs take part.
    ///   - level: Above 0, below 0.5.
    init(_ series: PairedSeries, blocks: Range<Int>, level: Double) {
        let pairs = series.pairs.filter { blocks.contains($0.block) }
        self.series = series
        self.level = level
        pairCount = pairs.count
        do throws(Incomparable) {
            if let invalidity = series.invalidity {
                throw Incomparable(reason: "The measurement is invalid, so nothing follows from it: \(invalidity)")
            }
            if let obstacle = series.obstacle { throw Incomparable(reason: obstacle) }
            let sample = try DifferenceSample(
                pairs.map { (baseline: $0.baseline, candidate: $0.candidate) }, band: series.band)
            guard let interval = Interval(of: sample.moments, confidence: 1 - 2 * level) else {
                throw Incomparable(reason: "Its values are so large that their interval is no finite number.")
            }
            self.sample = sample
            self.interval = interval
            placement = Self.place(interval, in: series)
        } catch {
            sample = nil
            interval = nil
            placement = .incomparable(error.reason)
        }
    }

    private static func place(_ interval: Interval, in series: PairedSeries) -> Placement {
        let limit = series.band.limit
        switch BandDecision(interval, within: Interval(lowerBound: -limit, upperBound: limit)) {
        case .inside: return .inside
        case .undecided: return .undecided
        case .outside:
            return (interval.lowerBound > 0) == (series.direction == .higherIsWorse) ? .worse : .better
        }
    }

    /// Whether more pairs could not change what it says.
    var isSettled: Bool {
        switch placement {
        case .inside, .better, .incomparable: true
        case .worse, .undecided: false
        }
    }

    /// The probability of an effect so far beyond the band if the true one lay at its edge; nil where the interval does not
    /// lie beyond it on the bad side.
    func probability(using generator: inout some RandomNumberGenerator) -> Double? {
        guard placement == .worse, let sample else { return nil }
        return sample.probability(beyond: series.band.limit, series.direction, using: &generator)
    }

    /// How many pairs more would bring the whole interval to one side of the band's edge, at the mean and spread seen; nil
    /// where the mean lies on the edge, or where those would be more pairs than one comparison can have.
    ///
    /// - Parameter level: One-sided, of the look that they would be judged at.
    func pairsMissing(level: Double) -> Int? {
        guard let sample, let deviation = sample.moments.standardDeviation else { return nil }
        let gap = abs(abs(sample.moments.mean) - series.band.limit)
        guard gap > 0 else { return nil }
        // Random signs can be as rare as the level only among so many pairs.
        var needed = (-log2(level)).rounded(.up)
        if abs(sample.moments.mean) < series.band.limit { needed = 2 }
        let ratio = deviation / gap
        guard ratio < 1000 else { return nil }
        // The quantile depends on the number that it decides; a few rounds settle it.
        var degreesOfFreedom = max(1, Double(sample.moments.count - 1))
        for _ in 0..<20 {
            let quantile = StudentT(degreesOfFreedom: degreesOfFreedom).quantile(1 - level)
            let next = max(needed, (quantile * quantile * ratio * ratio).rounded(.up))
            guard next <= 1e6 else { return nil }
            if next - 1 == degreesOfFreedom { break }
            degreesOfFreedom = max(1, next - 1)
        }
        let total = Int(degreesOfFreedom) + 1
        return total <= GateDeclaration.pairRange.upperBound ? max(1, total - pairCount) : nil
    }
}

extension SeriesLook {
    var text: EffectText { EffectText(band: series.band, dimension: series.dimension) }

    /// As in `+0.80 % [-0.40 %, +2.00 %] in 60 pairs`; what is missing where they are incomparable.
    var figures: String {
        guard let sample, let interval else { return "no effect" }
        return "\(text.text(sample.moments.mean)) \(text.text(interval)) in \(pairCount) pairs"
    }

    /// The outcome with this look's figures.
    func outcome(_ verdict: GateVerdict, _ reason: String, pairsMissing: Int? = nil) -> MetricOutcome {
        var effect = sample?.moments.mean
        var shown = interval
        if case .relative = series.band.size {
            effect = effect.map { exponential($0) }
            shown = interval.map {
                Interval(lowerBound: exponential($0.lowerBound), upperBound: exponential($0.upperBound))
            }
        }
        return MetricOutcome(
            cell: series.cell, metric: series.metric, direction: series.direction, dimension: series.dimension,
            band: series.band, verdict: verdict, reason: reason, baseline: sample?.baseline,
            candidate: sample?.candidate, effect: effect, interval: shown,
            confidence: interval == nil ? nil : 1 - 2 * level, pairCount: pairCount, pairsMissing: pairsMissing)
    }
}
