import Experiments
import Pairing
import TraceModel

/// A request's duration is the sum of its parts: outbound network, wait for the permit, return network, and the write
/// where requests wait for it.
///
/// The parts share their time stamps, so they add up to the nanosecond unless an event is missing or repeated. More
/// requests with a gap than the limit (1 %) are *doubtful*, fewer a *note*. A program that never says when it asks for a permit
/// has no parts, and is not judged. The wait between the instant at which a request was due and its start is no part of the
/// request: it is the difference between `response` and `request`.
public struct StageSumAudit: Audit {
    public let identifier = "stage-sum"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        let sums = evidence.trials.compactMap(\.byRequest.stageSum)
        let requests = sums.reduce(0) { $0 + $1.requests }
        let unexplained = sums.reduce(0) { $0 + $1.unexplainedRequests }
        guard unexplained > 0, evidence.observedStages(.request).contains(.outboundNetwork) else { return [] }
        let mean = sums.reduce(0) { $0 + Double($1.elapsedNanoseconds) } / Double(requests)
        let explained = sums.reduce(0) { $0 + Double($1.explainedNanoseconds) } / Double(requests)
        let share = Double(unexplained) / Double(requests)
        return [
            finding(
                share > evidence.limits[.unexplainedRequests] ? .doubtful : .note, Subject.byRequest, in: evidence,
                "In \(unexplained.grouped) of \(requests.grouped) requests (\(share.percentage)) the parts do not add "
                    + "up to the whole: a request takes \(mean.durationText) on average, its parts "
                    + "\(explained.durationText).",
                [
                    .count("requests", requests), .count("unexplained-requests", unexplained),
                    Finding.Figure("unexplained-share", share, .ratio), Finding.Figure("mean", mean, .nanoseconds),
                    Finding.Figure("explained-mean", explained, .nanoseconds),
                    Finding.Figure("limit", evidence.limits[.unexplainedRequests], .ratio),
                ],
                remedy: "Look for lost events (audit drops), or for a stage that the program does not report.")
        ]
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        guard evidence.observedStages(.request).contains(.outboundNetwork) else { return "no stage outbound-network" }
        let requests = evidence.trials.reduce(0) { $0 + ($1.byRequest.stageSum?.requests ?? 0) }
        return requests > 0 ? nil : Obstacle.noRequest
    }
}
