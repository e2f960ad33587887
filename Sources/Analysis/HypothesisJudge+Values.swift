import Experiments
import Statistics
import TraceModel

/// Claims about the value of a metric, cell by cell: `near`, `below` and `above`.
extension HypothesisJudge {
    func valueLooks(_ hypothesis: Hypothesis) -> [Look] {
        let band = Band(hypothesis.claim)
        let selected = selectedCells(hypothesis)
        return selected.map { index in
            look(at: index, hypothesis, band: band, refutingConfidence: 1 - 0.05 / Double(selected.count))
        }
    }

    private func look(at index: Int, _ hypothesis: Hypothesis, band: Band, refutingConfidence: Double) -> Look {
        let key = ProcessValues.Key(hypothesis.metric, hypothesis.pairing)
        let name = cells[index].title
        let found = values[index].complete(key).map(\.value)
        let figures = MetricText(hypothesis.metric)
        guard !found.isEmpty else { return .missing(values[index], key, name: name) }
        let bound = values[index].lowerBoundText(key)
        if let extreme = hypothesis.metric.observedExtreme(of: found) {
            let absence: HypothesisOutcome.Answer = hypothesis.claimsExistence ? .undecided : .refuted
            return Look(
                answer: band.contains(extreme) ? .supported : absence,
                figure: "\(name): \(figures.text(extreme)), the extreme observed in \(found.count.processes)\(bound).",
                strain: band.strain(Interval(lowerBound: extreme, upperBound: extreme)), value: extreme)
        }
        guard let estimate = values[index].estimate(key), let interval = estimate.interval,
            let wide = values[index].interval(key, confidence: refutingConfidence)
        else {
            return Look(
                answer: .undecided,
                figure: "\(name): \(figures.text(found[0])) from one process, which gives no interval\(bound).")
        }
        return Look(
            answer: band.answer(interval, refutedBy: wide),
            figure: "\(name): \(figures.text(estimate.value, interval))\(bound).", strain: band.strain(interval),
            value: estimate.value)
    }
}

/// The values that a claim allows.
struct Band {
    var lowerBound: Double
    var upperBound: Double

    init(lowerBound: Double, upperBound: Double) { (self.lowerBound, self.upperBound) = (lowerBound, upperBound) }

    init(_ claim: Hypothesis.Claim) {
        switch claim {
        case .near(let value, .absolute(let tolerance)):
            (lowerBound, upperBound) = (value - tolerance, value + tolerance)
        case .near(let value, .relative(let tolerance)):
            (lowerBound, upperBound) = (value - abs(value) * tolerance, value + abs(value) * tolerance)
        case .below(let value): (lowerBound, upperBound) = (-.infinity, value)
        case .above(let value): (lowerBound, upperBound) = (value, .infinity)
        case .equivalent, .varies, .rises, .falls: preconditionFailure("\(claim) has no band of values")
        }
    }

    func contains(_ value: Double) -> Bool { value >= lowerBound && value <= upperBound }

    /// What becomes of a claim: supported by the whole interval inside, refuted by the whole of the widened one outside.
    func answer(_ interval: Interval, refutedBy widened: Interval) -> HypothesisOutcome.Answer {
        let band = Interval(lowerBound: lowerBound, upperBound: upperBound)
        if BandDecision(interval, within: band) == .inside { return .supported }
        return BandDecision(widened, within: band) == .outside ? .refuted : .undecided
    }

    /// How far the interval reaches out of the band; negative by its distance from the edge where it does not.
    func strain(_ interval: Interval) -> Double {
        max(interval.upperBound - upperBound, lowerBound - interval.lowerBound)
    }
}

extension Look {
    /// A cell that cannot be judged because not every process gave the value: it has too few durations for it, or none.
    static func missing(_ values: ProcessValues, _ key: ProcessValues.Key, name: String) -> Look {
        let given = values.count(key)
        guard values.processCount > 0 else {
            return Look(answer: .undecided, figure: "\(name): no trial was analysed.")
        }
        if let share = values.hidingShare(key), let noun = key.metric.noun {
            let percentage = MetricText(.blockedShare).text(share)
            return Look(
                answer: .undecided,
                figure: "\(name): \(percentage) of the \(noun) were still open when the window closed, so that "
                    + "\(key.metric.text) is not known from above.")
        }
        let those =
            given == 0
            ? "no process could give \(key.metric.text)"
            : "only \(given) of \(values.processCount.processes) could give \(key.metric.text)"
        let reason = key.metric.need.map { "\($0); \(those)" } ?? those
        return Look(answer: .undecided, figure: "\(name): \(reason).")
    }
}

extension Metric {
    /// What the durations are of, as in `requests`; nil for what is not made from durations.
    var noun: String? {
        guard case .stage(let stage, _, _) = self else { return nil }
        return switch stage {
        case .request: "requests"
        case .response: "responses"
        case .persist, .persistAsync: "writes"
        case .queueWait: "waits for a permit"
        case .outboundNetwork, .returnNetwork: "traverses"
        case .think: "pauses"
        }
    }

    /// What a process must have to give the metric, as the reason why it gave none; nil where it says itself.
    fileprivate var need: String? {
        guard case .stage(_, _, let statistic) = self, let noun else { return nil }
        guard let percentile = statistic.percentile else { return "too few \(noun)" }
        let minimum = SampleSize.minimum(forPercentile: percentile)
        return "too few \(noun): \(statistic.rawValue) needs \(minimum) in each process"
    }
}

extension Metric {
    /// The smallest of minima or the largest of maxima; nil for metrics that are no extremes.
    func observedExtreme(of values: [Double]) -> Double? {
        switch self {
        case .stage(_, _, .minimum): values.min()
        case .stage(_, _, .maximum): values.max()
        default: nil
        }
    }
}

extension Hypothesis {
    /// Whether it claims that some event lies beyond a value, which no finite run can refute.
    var claimsExistence: Bool {
        switch (metric, claim) {
        case (.stage(_, _, .minimum), .below), (.stage(_, _, .maximum), .above): true
        default: false
        }
    }
}

extension Cell {
    /// The cell's levels as a reader sees them, as in `clients 125, permits 8`.
    public var title: String {
        choices.isEmpty ? "all trials" : choices.map { "\($0.factor) \($0.label)" }.joined(separator: ", ")
    }
}

extension Int {
    /// The number with its noun, as in `1 process` or `3 processes`.
    var processes: String { self == 1 ? "1 process" : "\(self) processes" }
}
