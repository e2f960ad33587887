import Experiments
import Quantities
import Statistics

/// Two levels set against one another, process by process: the values of one block are a pair, because what disturbed
/// the machine in that block disturbed both.
struct Comparison {
    typealias Rung = HypothesisJudge.Rung

    /// The intervals of the paired difference (upper − lower) and, where all values are positive, of the ratio.
    struct Ends {
        var difference: Interval
        /// The interval of the geometric mean of the ratios upper / lower.
        var ratio: Interval?
    }

    private let name: String
    private let metric: Metric
    /// Whether a margin in the metric's own unit decides: then the difference is shown beside the ratio.
    private let isOfDifference: Bool
    /// The means of the two levels over all of their processes.
    private let means: (lower: Double, upper: Double)
    private let paired: PairedComparison?
    /// Why nothing can be compared, if so.
    private let gap: Look?
    /// That a side is a lower bound, if so; else empty.
    private let bound: String

    init(_ lower: Rung, _ upper: Rung, _ hypothesis: Hypothesis, values: [ProcessValues]) {
        metric = hypothesis.metric
        isOfDifference = if case .equivalent(_, .absolute) = hypothesis.claim { true } else { false }
        let suffix = lower.place.isEmpty ? "" : " (\(lower.place))"
        name = "\(lower.name) → \(upper.name)\(suffix)"
        let sides = [lower, upper].map { rung in
            let key = ProcessValues.Key(hypothesis.metric, rung.pairing)
            let found = values[rung.cellIndex].complete(key)
            return (
                found: found,
                gap: found.isEmpty ? Look.missing(values[rung.cellIndex], key, name: "\(rung.name)\(suffix)") : nil
            )
        }
        gap = sides[0].gap ?? sides[1].gap
        bound =
            zip([lower, upper], ["the first", "the second"]).map { rung, name in
                values[rung.cellIndex].lowerBoundText(ProcessValues.Key(hypothesis.metric, rung.pairing))
                    .replacing("it is", with: "\(name) is")
            }.joined()
        means = (Self.mean(sides[0].found), Self.mean(sides[1].found))
        paired = PairedComparison(baseline: sides[0].found, candidate: sides[1].found)
    }

    private static func mean(_ values: [ProcessValues.Value]) -> Double {
        values.isEmpty ? 0 : values.reduce(0) { $0 + $1.value } / Double(values.count)
    }

    /// The ratio of the means, upper over lower; nil where there is none.
    var observedRatio: Double? { gap == nil && means.lower > 0 ? means.upper / means.lower : nil }

    /// The comparison decided: the rule gets the intervals at the supporting and at the refuting confidence.
    func look(
        supportingConfidence: Double = 0.95, refutingConfidence: Double,
        rule: (Comparison, Ends, Ends) -> (answer: HypothesisOutcome.Answer, strain: Double)
    ) -> Look {
        if let gap { return gap }
        let text = MetricText(metric)
        let change = "\(name): \(text.text(means.lower)) → \(text.text(means.upper))"
        guard let plain = ends(supportingConfidence), let wide = ends(refutingConfidence) else {
            return Look(answer: .undecided, figure: "\(change), from too few paired processes for an interval\(bound).")
        }
        let (answer, strain) = rule(self, plain, wide)
        return Look(answer: answer, figure: "\(change), \(shown(plain, text))\(bound).", strain: strain)
    }

    private func shown(_ ends: Ends, _ text: MetricText) -> String {
        let difference = "difference \(text.text(paired?.difference.value ?? 0, ends.difference))"
        guard let interval = ends.ratio, let ratio = paired?.ratio?.value else { return difference }
        return (isOfDifference ? "\(difference), " : "")
            + "ratio \(ratio.fixed(3)) [\(interval.lowerBound.fixed(3)), \(interval.upperBound.fixed(3))]"
    }

    /// What an equivalence margin is held against: the interval, the widened interval, and the limits for both.
    ///
    /// A relative margin is held against the ratio; where a value is zero there is none, and it is held against the
    /// difference, as a share of the smaller mean.
    func deviation(
        _ margin: Hypothesis.Tolerance, plain: Ends, wide: Ends
    ) -> (interval: Interval, widened: Interval, limits: Interval) {
        switch margin {
        case .absolute(let limit):
            return (plain.difference, wide.difference, Interval(lowerBound: -limit, upperBound: limit))
        case .relative(let limit):
            if let ratio = plain.ratio, let widened = wide.ratio {
                return (ratio, widened, Interval(lowerBound: 1 / (1 + limit), upperBound: 1 + limit))
            }
            let bound = limit * min(abs(means.lower), abs(means.upper))
            return (plain.difference, wide.difference, Interval(lowerBound: -bound, upperBound: bound))
        }
    }

    private func ends(_ confidence: Double) -> Ends? {
        guard let paired, let difference = paired.differenceInterval(confidence: confidence) else { return nil }
        return Ends(difference: difference, ratio: paired.ratioInterval(confidence: confidence))
    }
}
