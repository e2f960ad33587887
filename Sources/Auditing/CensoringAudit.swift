import Pairing
import TraceModel

/// Few requests, responses and writes are open when the window closes. A response is open from the instant at which its
/// request was due, so that a backlog shows even where it has not been sent yet.
///
/// The open ones tend to be the long ones, so more than 1 % is a *note*, and more than 5 % *doubtful*. Where more than
/// 1 − q are open, the quantile q is not known from above; it is then not printed.
public struct CensoringAudit: Audit {
    public let identifier = "censoring"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        let overload = evidence.overloadText
        return [Stage.request, .response, .persist].compactMap { stage in
            let counts = evidence.counts(stage, .request)
            let open = evidence.total(stage, .request) { $0.openStarts.count }
            guard counts.starts > 0 else { return nil }
            let share = Double(open) / Double(counts.starts)
            guard share > 0.01 else { return nil }
            return finding(
                share > 0.05 ? .doubtful : .note, of: stage, in: evidence,
                "\(open.grouped) of \(counts.starts.grouped) \(stage.plural) (\(share.percentage)) were still open "
                    + "when the window closed: the mean of the finished ones is a lower bound, and \(hidden(share)) not known from above."
                    + (overload.map { " \($0.sentence)" } ?? ""),
                remedy: overload?.remedy
                    ?? "Measure for longer: the window should be many times as long as a request.")
        }
    }

    /// The percentiles that the open ones may lie beyond, with their verb, as in `p90 and p99 are`.
    private func hidden(_ share: Double) -> String {
        let names = [("p50", 0.5), ("p90", 0.1), ("p99", 0.01)].filter { share > $0.1 }.map(\.0)
        guard names.count > 1 else { return "\(names.joined()) is" }
        return "\(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1]) are"
    }
}
