import Experiments
import TraceModel

// The percentiles count open spans in; the mean and the maximum cannot, and are only known to be no smaller. They are still
// given, because laws hold for them (R = N/X − Z), but where more than 1 % of the spans are open the figure says so and is
// doubtful.

extension ProcessValues {
    /// The share of spans that were open when the window closed, where it makes the metric a lower bound; nil elsewhere.
    ///
    /// By request only: by thread a mark that is left over need not be of a span that is open.
    func lowerBoundShare(_ key: Key) -> Double? {
        guard case .stage(let stage, let subset, let statistic) = key.metric,
            key.pairing == .request, [.mean, .maximum].contains(statistic)
        else { return nil }
        let share = openShare(.init(stage, subset, .request))
        return share > CensoredSample.noticeableShare ? share : nil
    }

    /// As in `; 10.89 % of the requests were still open, so that it is a lower bound`; empty where it is none.
    func lowerBoundText(_ key: Key) -> String {
        guard let share = lowerBoundShare(key), let noun = key.metric.noun else { return "" }
        return "; \(MetricText(.blockedShare).text(share)) of the \(noun) were still open, so that it is a lower bound"
    }
}

extension HypothesisJudge {
    /// Whether a figure that the hypothesis is held against is only a lower bound.
    func restsOnLowerBounds(_ hypothesis: Hypothesis) -> Bool {
        let pairings = hypothesis.claim.along == .pairing ? PairingKey.allCases : [hypothesis.pairing]
        return selectedCells(hypothesis).contains { index in
            pairings.contains { values[index].lowerBoundShare(.init(hypothesis.metric, $0)) != nil }
        }
    }
}
