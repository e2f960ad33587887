import Pairing
import TraceModel

/// Few requests, responses and writes are open when the window closes. A response is open from the instant at which its
/// request was due, so that a backlog shows even where it has not been sent yet.
///
/// The open ones tend to be the long ones, so more than 1 % is a *note*, and more than 5 % *doubtful*: a percentile is
/// then moved by more than its own distance from the end.
public struct CensoringAudit: Audit {
    public let identifier = "censoring"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        [Stage.request, .response, .persist].compactMap { stage in
            let counts = evidence.counts(stage, .request)
            let open = evidence.total(stage, .request) { $0.openStarts.count }
            guard counts.starts > 0 else { return nil }
            let share = Double(open) / Double(counts.starts)
            guard share > 0.01 else { return nil }
            return finding(
                share > 0.05 ? .doubtful : .note, of: stage, in: evidence,
                "\(open.grouped) of \(counts.starts.grouped) \(stage.plural) (\(share.percentage)) were still open "
                    + "when the window closed: percentiles of the finished ones are biased low.",
                remedy: "Measure for longer: the window should be many times as long as a request.")
        }
    }
}
