// A span that is open when the window closes has a duration that nobody saw, and it may be longer than all that ended.
// Where more than 1 − q of the spans that started are open, they may make up the whole tail beyond the quantile q: what
// the finished ones show there is a lower bound of any size, and is not printed. The road not taken is an estimator for
// censored samples (Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452): it takes the censoring to be independent
// of the durations, and in an overloaded open loop the late ones are both the longest and the ones cut off.

import Experiments
import Pairing
import Quantities
import Statistics
import TraceModel

/// How many of a stage's spans that started in the windows of one cell were still open when these closed, 0…1.
struct OpenShare: Sendable, Equatable {
    let value: Double

    /// - Parameters:
    ///   - outcomes: The stage's books of each trial, under one pairing.
    ///   - subset: Of the blocked requests, all open ones may be: they are held against the finished ones of that subset
    ///     alone. A wait of requests that are not blocked has no length, so that none is ever open.
    ///   - finished: How many spans of the subset ended.
    init(_ outcomes: [StageOutcome], stage: Stage, subset: Metric.Subset, finished: Int) {
        let open = outcomes.reduce(0) { $0 + $1.openStarts.count }
        let whole: Int
        switch subset {
        case .nonblocked where stage == .queueWait: whole = 0
        case .blocked: whole = open + finished
        case .all, .nonblocked: whole = outcomes.reduce(0) { $0 + $1.counts.starts }
        }
        value = whole == 0 ? 0 : Double(open) / Double(whole)
    }

    /// Whether the open spans leave the statistic unknown from above.
    func hides(_ statistic: Metric.Statistic) -> Bool {
        guard let percentile = statistic.percentile else { return false }
        // The tail from the percentile, as in `SampleSize`: 1 − 0.99 is not 0.01 in binary.
        return value > (100 - percentile) / 100
    }
}

extension DurationSummary {
    /// The summary without the percentiles that open spans leave unknown from above.
    func without(_ open: OpenShare) -> DurationSummary {
        var known = self
        if open.hides(.p50) { known.p50 = nil }
        if open.hides(.p90) { known.p90 = nil }
        if open.hides(.p99) { known.p99 = nil }
        return known
    }
}

extension Metric.Statistic {
    /// The percentile that it is, between 0 and 100; nil for the others.
    var percentile: Double? {
        switch self {
        case .p50: 50
        case .p90: 90
        case .p99: 99
        case .mean, .standardDeviation, .minimum, .maximum, .count: nil
        }
    }
}
