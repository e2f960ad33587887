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
///
/// No span is shorter than the recording of its own start, so that the shortest one seen says what an event can have cost at
/// most. A cost above that was mismeasured: it is a *note*, and the most that it can have been is judged in its place. The audit
/// stays as strict as the data allow, and never finds a part that is larger than its whole.
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
        return [incredible(in: evidence)].compactMap(\.self)
            + evidence.shownStages.compactMap { noticeable($0, in: evidence) }
    }

    /// A cost that the shortest span contradicts.
    private func incredible(in evidence: CellEvidence) -> Finding? {
        let trials = evidence.trials.compactMap { trial -> (cost: Double, most: (nanoseconds: Double, stage: Stage))? in
            guard let cost = trial.machine.recordingNanoseconds, let most = trial.recordingMost, cost > most.nanoseconds
            else { return nil }
            return (cost, most)
        }
        guard
            let (cost, most) = trials.max(by: {
                $0.cost / $0.most.nanoseconds < $1.cost / $1.most.nanoseconds
            })
        else { return nil }
        return finding(
            .note, in: evidence,
            "In \(trials.count.grouped) of \(evidence.trials.count.grouped) trials the cost of recording an event is not "
                + "credible, in the worst \(cost.durationText): the shortest of the \(most.stage.plural) took at most "
                + "\(most.nanoseconds.durationText), and an event can have cost no more.",
            [
                Finding.Figure("event-cost", cost, .nanoseconds),
                Finding.Figure("shortest-span", most.nanoseconds, .nanoseconds),
            ],
            remedy: "Start the program on a machine that does little else: it measures the cost before its warm-up.")
    }

    private func noticeable(_ stage: Stage, in evidence: CellEvidence) -> Finding? {
        struct Share {
            var cost, mean, recorded: Double
            var isBound: Bool
            var share: Double { recorded / mean }
        }
        let trials = evidence.trials.compactMap { trial -> Share? in
            guard let cost = trial.machine.recordingNanoseconds, let own = trial.stages[stage], own.mean > 0
            else { return nil }
            let most = min(trial.recordingMost?.nanoseconds ?? .infinity, cost)
            let whole = own.minimum > 0 ? Double(own.minimum) + trial.clockStep : own.mean
            let claimed = Double(stage.eventsWithin) * cost
            let recorded = min(Double(stage.eventsWithin) * most, whole)
            return Share(cost: cost, mean: own.mean, recorded: recorded, isBound: recorded < claimed)
        }
        guard let worst = trials.max(by: { $0.share < $1.share }), worst.share > evidence.limits[.observer]
        else { return nil }
        let part =
            worst.isBound
            ? "at most \(worst.recorded.durationText)" : "\(stage.eventsWithin) × \(worst.cost.durationText)"
        return finding(
            .doubtful, of: stage, in: evidence,
            "Recording takes \(worst.isBound ? "up to " : "")\(worst.share.percentage) of the \(stage.plural): \(part) of "
                + "\(worst.mean.durationText) on average; the limit is \(evidence.limits[.observer].percentage).",
            [
                Finding.Figure("recording-share", worst.share, .ratio),
                Finding.Figure("event-cost", worst.cost, .nanoseconds),
                Finding.Figure("mean", worst.mean, .nanoseconds),
                Finding.Figure("limit", evidence.limits[.observer], .ratio),
            ],
            remedy: "Record fewer events, or do not read this stage: it is about as short as looking at it.")
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        guard !evidence.isVirtual else { return Obstacle.virtualTime }
        let isKnown = evidence.trials.contains { $0.machine.recordingNanoseconds != nil }
        return isKnown ? nil : "cost of recording unknown"
    }
}

extension TrialEvidence {
    /// By how much a duration may be longer than its two times tell.
    fileprivate var clockStep: Double { machine.clock?.resolutionNanoseconds ?? 0 }

    /// What recording an event can have cost at most, and the stage whose shortest span says so: those in which the record of the
    /// start is finished before the request goes on. Nil where none took any time.
    fileprivate var recordingMost: (nanoseconds: Double, stage: Stage)? {
        let inOneFlow: [Stage] = [.request, .outboundNetwork, .queueWait, .persist, .persistAsync, .think]
        return inOneFlow.compactMap { stage -> (nanoseconds: Double, stage: Stage)? in
            guard let minimum = stages[stage]?.minimum, minimum > 0 else { return nil }
            return (Double(minimum) + clockStep, stage)
        }.min { $0.nanoseconds < $1.nanoseconds }
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
