import Experiments
import Pairing
import Statistics
import TraceModel

/// Few requests, responses and writes are open when the window closes, or the percentiles account for them. A response is
/// open from the instant at which its request was due, so that a backlog shows even where it has not been sent yet.
///
/// The open ones tend to be the long ones. The percentiles count them in (Kaplan–Meier); the mean of the finished ones is a
/// lower bound. So more than 1 % is a *note*. More than the limit (5 %) is *doubtful* where a percentile that the sample would
/// carry is not known from above, and is then not printed, or where so few are finished that nobody knows even the middle.
public struct CensoringAudit: Audit {
    public let identifier = "censoring"

    /// Fewer move p99 by little, and a mean by less than its interval.
    private static let smallestShare = 0.01

    public init() {}

    private static let stages: [Stage] = [.request, .response, .persist]

    public func findings(in evidence: CellEvidence) -> [Finding] {
        let overload = evidence.overloadText
        return Self.stages.compactMap { stage in
            let counts = evidence.counts(stage, .request)
            let open = evidence.total(stage, .request) { $0.openStarts.count }
            guard counts.starts > 0 else { return nil }
            let share = Double(open) / Double(counts.starts)
            guard share > Self.smallestShare else { return nil }
            let unknown = unknownPercentiles(of: stage, in: evidence)
            let limit = evidence.limits[.openRequests]
            let isMiddleUnknown = hasTooFewFinished(stage, in: evidence)
            let counted =
                evidence.isOverloaded
                ? "the percentiles take them to be the longest" : "the percentiles count them in (Kaplan–Meier)"
            let percentiles =
                isMiddleUnknown
                ? "too few are finished to say how long they take"
                : counted + text(of: unknown) + ", and the mean of the finished ones is a lower bound"
            return finding(
                share > limit && (!unknown.isEmpty || isMiddleUnknown) ? .doubtful : .note, of: stage, in: evidence,
                "\(open.grouped) of \(counts.starts.grouped) \(stage.plural) (\(share.percentage)) were still open "
                    + "when the window closed: \(percentiles)." + (overload.map { " \($0.sentence)" } ?? ""),
                [
                    .count("open", open), .count("starts", counts.starts), Finding.Figure("open-share", share, .ratio),
                    Finding.Figure("limit", limit, .ratio), .count("unknown-percentiles", unknown.count),
                ],
                remedy: overload?.remedy
                    ?? "Measure for longer: the window should be many times as long as a request.")
        }
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        Self.stages.contains { evidence.counts($0, .request).starts > 0 } ? nil : "nothing started in the window"
    }

    /// The percentiles that some trial has enough spans for and that are still not known.
    private func unknownPercentiles(of stage: Stage, in evidence: CellEvidence) -> [String] {
        let percentiles: [(name: String, percent: Double, value: (StageEvidence) -> Double?)] = [
            ("p50", 50, \.p50), ("p90", 90, \.p90), ("p99", 99, \.p99),
        ]
        return percentiles.filter { percentile in
            evidence.trials.contains { trial in
                trial.stages[stage].map {
                    $0.count >= SampleSize.minimum(forPercentile: percentile.percent) && percentile.value($0) == nil
                } ?? false
            }
        }.map(\.name)
    }

    /// Whether a trial in which the stage began has fewer finished spans than p50 needs.
    private func hasTooFewFinished(_ stage: Stage, in evidence: CellEvidence) -> Bool {
        evidence.trials.contains { trial in
            guard let counts = trial.byRequest.stages[stage]?.counts, counts.starts > 0 else { return false }
            return counts.paired < SampleSize.minimum(forPercentile: 50)
        }
    }

    /// As in `, but for p90 and p99, which are not known from above`.
    private func text(of unknown: [String]) -> String {
        guard let last = unknown.last else { return "" }
        let names = unknown.count > 1 ? unknown.dropLast().joined(separator: ", ") + " and \(last)" : last
        return ", but for \(names), which \(unknown.count > 1 ? "are" : "is") not known from above"
    }
}
