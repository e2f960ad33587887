import Experiments
import Pairing
import TraceModel

/// By request every start has one done or is in flight, and every done has one start: nothing is lost, doubled or
/// negative.
///
/// An exception is *doubtful*; more than the limit (1 % of a stage's events), a negative duration, or books that do not balance are
/// *invalid*. What pairing by thread loses is the audit `pairing`'s concern.
public struct ConservationAudit: Audit {
    public let identifier = "conservation"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        evidence.observedStages(.request).compactMap { stage in
            let counts = evidence.counts(stage, .request)
            guard counts.isBalanced else {
                return finding(
                    .invalid, Subject.byRequest, of: stage, in: evidence,
                    "The books of the \(stage.plural) do not balance: \(counts.starts.grouped) starts are not "
                        + "\(counts.paired.grouped) paired and \(counts.open.grouped) open and "
                        + "\(counts.overwrittenStarts.grouped) overwritten, or \(counts.dones.grouped) dones are not "
                        + "\(counts.paired.grouped) paired and \(counts.unmatchedDones.grouped) unmatched and "
                        + "\(counts.startedBefore.grouped) begun before the window.",
                    remedy: "This is a mistake of the harness: report it with the trace.")
            }
            let abandoned = counts.open - evidence.total(stage, .request) { $0.openStarts.count }
            let parts = [
                (counts.overwrittenStarts, "repeated starts"), (counts.unmatchedDones, "dones without a start"),
                (abandoned, "starts whose request ended without their done"),
                (counts.negative, "spans that end before they begin"),
            ].filter { $0.0 > 0 }
            guard !parts.isEmpty else { return nil }
            let events = counts.starts + counts.dones
            let share = Double(parts.reduce(0) { $0 + $1.0 }) / Double(events)
            return finding(
                counts.negative > 0 || share > evidence.limits[.unmatchedEvents] ? .invalid : .doubtful,
                Subject.byRequest, of: stage, in: evidence,
                "The \(stage.plural) do not add up among \(events.grouped) events: "
                    + parts.map { "\($0.1) \($0.0.grouped)" }.joined(separator: ", ") + " (\(share.percentage)).",
                [
                    .count("events", events), .count("repeated-starts", counts.overwrittenStarts),
                    .count("dones-without-a-start", counts.unmatchedDones), .count("abandoned-starts", abandoned),
                    .count("negative-spans", counts.negative), Finding.Figure("unmatched-share", share, .ratio),
                    Finding.Figure("limit", evidence.limits[.unmatchedEvents], .ratio),
                ],
                remedy: "Look for lost events first (audit drops), then for a program that uses an identifier twice.")
        }
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        evidence.observedStages(.request).isEmpty ? Obstacle.noStage : nil
    }
}
