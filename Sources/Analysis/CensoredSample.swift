// A span that is open when the window closes has a duration that nobody saw. Leaving it out makes an overloaded system look
// fast. What it tells is its age: it lasts at least so long. The percentiles count that in (KaplanMeier), which is right as
// long as a window that closes has nothing to do with how long a span would have been: spans of one steady system.
//
// An overloaded open loop is not one. Its queue grows, the late spans are both the longest and the ones cut off, and the
// curve would come down too early. There the open ones are taken to be longer than all that ended: the quantile q of all is
// then the quantile q·n/f of the f of n that ended, and where more than 1 − q are open it is not known, and not printed.
//
// The mean has no such remedy without a model of the tail: it is that of the finished spans, and a lower bound. A maximum is at
// least the age of the oldest that is open; by thread that age is of a mark that was left behind, and says nothing.

import Experiments
import Pairing
import Statistics
import TraceModel

/// The durations of one stage that ended, with the ages of those that had not when the window closed.
struct CensoredSample: Sendable {
    private(set) var finished = DurationSample()
    /// Ascending, in nanoseconds.
    private(set) var openAges: [Int64] = []
    /// Whether the ages are of spans, and not of marks that threads have left.
    private var isByRequest = true
    /// Whether the system is one whose spans are alike all the time, so that the open ones may be taken to be like the others.
    private let isSteady: Bool

    init(isSteady: Bool) { self.isSteady = isSteady }

    /// Takes the spans of one trace.
    ///
    /// Whether an open request will have been blocked is not known yet: it counts in both subsets. A wait of a request that is not
    /// blocked has no length, so that none is ever open.
    mutating func add(_ trace: TraceMeasurement, _ sample: TraceMeasurement.Sample) {
        if let durations = trace.durations[sample] { finished.merge(durations) }
        finished.settle()
        isByRequest = sample.pairing == .request
        guard !(sample.subset == .nonblocked && sample.stage == .queueWait) else { return }
        let starts = trace.outcome(sample.pairing).stages[sample.stage]?.openStarts ?? []
        add(openStarts: starts, end: trace.window.end)
    }

    /// Takes what is left of a trace's spans by request where the warm-up is taken to be twice as long.
    mutating func addAfterDoubledCut(_ trace: TraceMeasurement, _ stage: Stage) {
        guard let durations = trace.afterDoubledCut?[stage], let cut = trace.doubledCut else { return }
        finished.merge(durations)
        finished.settle()
        let starts = trace.outcome(.request).stages[stage]?.openStarts ?? []
        add(openStarts: starts.filter { $0 >= cut }, end: trace.window.end)
    }

    private mutating func add(openStarts: [Int64], end: Int64) {
        openAges += openStarts.map { end &- $0 }
        openAges.sort()
    }

    /// Whether the maximum is the age of one that is open, and not the duration of one that ended.
    var isMaximumOpen: Bool {
        guard isByRequest, let oldest = openAges.last, let longest = finished.maximum else { return false }
        return oldest > longest
    }

    /// How many of the spans were still open, 0…1; 0 where there are none.
    var openShare: Double {
        let whole = finished.count + openAges.count
        return whole == 0 ? 0 : Double(openAges.count) / Double(whole)
    }

    /// Beyond it the mean and the maximum of the finished ones are lower bounds worth saying so: as many as p99 leaves beyond it.
    static let noticeableShare = 0.01

    /// The summary of the finished spans, with percentiles that count the open ones in; nil where none is finished.
    ///
    /// A percentile is missing where there are too few spans for it, or where it is not known from above.
    func summary() -> DurationSummary? { summary(curve()) }

    /// ``summary()``, and by the same curve the 95 % intervals of the percentiles of one process, as if its spans were independent of
    /// each other; without those that the sample does not carry. Order statistics, or, where spans are open, the curve's.
    func summaryWithIntervals() -> (summary: DurationSummary?, independent: [Metric.Statistic: Interval]) {
        let curve = curve()
        let summary = summary(curve)
        return (summary, summary.map { independentIntervals($0, curve) } ?? [:])
    }

    private func summary(_ curve: KaplanMeier?) -> DurationSummary? {
        guard var summary = DurationSummary(finished) else { return nil }
        guard !openAges.isEmpty else { return summary }
        for statistic in Metric.Statistic.percentiles where summary[percentile: statistic] != nil {
            guard let percentile = statistic.percentile else { continue }
            if isSteady {
                summary[percentile: statistic] = curve?.quantile(percentile / 100)
            } else {
                let whole = finished.count + openAges.count
                let quantile = percentile / 100 * Double(whole) / Double(finished.count)
                summary[percentile: statistic] = quantile <= 1 ? finished.quantile(quantile) : nil
            }
        }
        if isByRequest, let oldest = openAges.last { summary.maximum = max(summary.maximum, oldest) }
        return summary
    }

    private func independentIntervals(
        _ summary: DurationSummary, _ curve: KaplanMeier?
    ) -> [Metric.Statistic: Interval] {
        var intervals: [Metric.Statistic: Interval] = [:]
        for statistic in Metric.Statistic.percentiles where summary[percentile: statistic] != nil {
            guard let quantile = statistic.percentile.map({ $0 / 100 }) else { continue }
            if openAges.isEmpty {
                guard let ranks = OrderStatisticInterval(count: finished.count, quantile: quantile) else { continue }
                intervals[statistic] = Interval(
                    lowerBound: finished.orderStatistic(ranks.lowerRank),
                    upperBound: finished.orderStatistic(ranks.upperRank))
            } else if let found = curve?.quantileInterval(quantile), let upperBound = found.upperBound {
                intervals[statistic] = Interval(lowerBound: found.lowerBound, upperBound: upperBound)
            }
        }
        return intervals
    }

    /// Nil where it is not needed, or not right.
    private func curve() -> KaplanMeier? {
        guard isSteady, !openAges.isEmpty else { return nil }
        return KaplanMeier(
            finished: finished.ascending, censored: openAges.map { DurationCount(nanoseconds: $0, count: 1) })
    }

    /// The percentiles that the sample carries and that are still not known from above.
    func unknownPercentiles() -> [Metric.Statistic] {
        guard !openAges.isEmpty, let summary = summary(), let plain = DurationSummary(finished) else { return [] }
        return Metric.Statistic.percentiles.filter {
            summary[percentile: $0] == nil && plain[percentile: $0] != nil
        }
    }
}
