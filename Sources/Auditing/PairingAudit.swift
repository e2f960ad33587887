import Experiments
import Pairing
import TraceModel

/// Pairing by thread finds what pairing by request finds.
///
/// By thread, more than the limit (1 %) of the starts without a span, or of the spans joined from two requests, is
/// *invalid*: the spans are then durations of nothing. Less than that, but not nothing, is a *note*. Starts that are
/// open by request too, when the window closes, are no loss. In virtual time all events have one thread: what fails then
/// is not that work changes threads, but that one thread serves many requests.
public struct PairingAudit: Audit {
    public let identifier = "pairing"

    public init() {}

    private static let stages: [Stage] = [.request, .response, .persist, .persistAsync]

    public func findings(in evidence: CellEvidence) -> [Finding] {
        Self.stages.compactMap { stage in
            let byThread = evidence.counts(stage, .thread)
            let byRequest = evidence.counts(stage, .request)
            guard byThread.starts > 0 else { return nil }
            let lost = max(0, byThread.starts - byThread.paired - byRequest.open)
            let lostShare = Double(lost) / Double(byThread.starts)
            let mismatchedShare =
                byThread.paired == 0 ? 0 : Double(byThread.mismatchedRequests) / Double(byThread.paired)
            guard lost > 0 || byThread.mismatchedRequests > 0 else { return nil }
            let changedShare = byRequest.paired == 0 ? 0 : Double(byRequest.changedThread) / Double(byRequest.paired)
            let spans =
                byThread.paired == 0
                ? "no span was made"
                : "\(mismatchedShare.percentage) of the spans join the start of one request with the done of another"
            let limit = evidence.limits[.mispairedSpans]
            return finding(
                lostShare > limit || mismatchedShare > limit ? .invalid : .note, Subject.byThread, of: stage,
                in: evidence,
                "By thread, of \(byThread.starts.grouped) \(stage.plural) that started, \(lost.grouped) got no span, "
                    + "and \(spans); "
                    + (evidence.isVirtual
                        ? "in virtual time all events are on one thread."
                        : "by request, \(changedShare.percentage) of them ended on another thread."),
                [
                    .count("starts", byThread.starts), .count("starts-without-a-span", lost),
                    Finding.Figure("lost-share", lostShare, .ratio),
                    Finding.Figure("mismatched-share", mismatchedShare, .ratio),
                    Finding.Figure("changed-thread-share", changedShare, .ratio),
                    Finding.Figure("limit", limit, .ratio),
                ],
                remedy: changedShare > 0.01
                    ? "Use the figures by request: the identifier is the same at start and done, the thread is not."
                    : "Use the figures by request: the identifier is one request's, and the thread serves several.")
        }
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        Self.stages.contains { evidence.counts($0, .thread).starts > 0 } ? nil : "no figures by thread"
    }
}
