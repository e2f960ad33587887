import Experiments
import Pairing
import Quantities
import Statistics
import TraceModel

/// Recording itself costs little of what is measured.
///
/// An event's cost, as the program measured it just outside the window, times the events that are recorded within a span of
/// the stage, as a share of the stage's mean. Above the limit (5 %) is *doubtful*; a program that does not say what recording
/// costs is a *note*. In virtual time recording takes no time.
public struct ObserverAudit: Audit {
    public let identifier = "observer"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        guard !evidence.isVirtual, !evidence.trials.isEmpty else { return [] }
        guard evidence.trials.contains(where: { $0.machine.recordingNanoseconds != nil }) else {
            return [
                finding(
                    .note, in: evidence, "What recording an event costs is unknown: no program reported it.",
                    remedy:
                        "Let the program print `recordingNanoseconds`, what one event costs, in its last line of JSON, and run it by `assay run`: a trace by itself cannot hold it."
                )
            ]
        }
        return evidence.shownStages.compactMap { stage in
            let trials = evidence.trials.compactMap { trial -> (cost: Double, mean: Double, share: Double)? in
                guard let cost = trial.machine.recordingNanoseconds, let mean = trial.stages[stage]?.mean, mean > 0
                else {
                    return nil
                }
                return (cost, mean, Double(stage.eventsWithin) * cost / mean)
            }
            guard let (cost, mean, share) = trials.max(by: { $0.share < $1.share }),
                share > evidence.limits[.observer]
            else { return nil }
            return finding(
                .doubtful, of: stage, in: evidence,
                "Recording takes \(share.percentage) of the \(stage.plural): \(stage.eventsWithin) × \(cost.durationText) of "
                    + "\(mean.durationText) on average; the limit is \(evidence.limits[.observer].percentage).",
                [
                    Finding.Figure("recording-share", share, .ratio), Finding.Figure("event-cost", cost, .nanoseconds),
                    Finding.Figure("mean", mean, .nanoseconds),
                    Finding.Figure("limit", evidence.limits[.observer], .ratio),
                ],
                remedy: "Record fewer events, or do not read this stage: it is about as short as looking at it.")
        }
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        guard !evidence.isVirtual else { return Obstacle.virtualTime }
        let isKnown = evidence.trials.contains { $0.machine.recordingNanoseconds != nil }
        return isKnown ? nil : "cost of recording unknown"
    }
}

extension Stage {
    /// How many events are recorded between its start and its done: its own start's record is made after the stamp.
    var eventsWithin: Int {
        switch self {
        case .response: 5
        case .request: 4
        case .persist: 2
        case .outboundNetwork, .queueWait, .persistAsync, .returnNetwork, .think: 1
        }
    }
}
