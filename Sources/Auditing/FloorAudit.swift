import Pairing
import Quantities
import TraceModel

/// No write is shorter than the delay it drew, and no stage shorter than the clock can tell.
///
/// A sleep never ends early, in virtual time as little as by the wall clock, so a single exception is *invalid*: the span
/// is not one write, or a unit is wrong. A span of zero length on the wall clock is *doubtful* for its stage: it took less than
/// the clock's smallest step.
public struct FloorAudit: Audit {
    public let identifier = "floor"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        PairingKey.allCases.flatMap { key in
            [Stage.persist, .persistAsync].compactMap { shorterThanDrawn($0, key, in: evidence) }
        } + evidence.shownStages.compactMap { shorterThanStep($0, in: evidence) }
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        let isBelow = PairingKey.allCases.contains { key in
            [Stage.persist, .persistAsync].contains { evidence.counts($0, key).shorterThanDrawn > 0 }
        }
        let isTimed = !evidence.isVirtual && evidence.trials.contains { !$0.stages.isEmpty }
        let knowsDelays = isBelow || evidence.trials.contains { $0.overshoot != nil }
        return knowsDelays || isTimed ? nil : Obstacle.noDelay
    }

    private func shorterThanDrawn(_ stage: Stage, _ key: PairingKey, in evidence: CellEvidence) -> Finding? {
        let counts = evidence.counts(stage, key)
        guard counts.shorterThanDrawn > 0 else { return nil }
        let verb =
            counts.shorterThanDrawn == 1
            ? "is shorter than the delay that it" : "are shorter than the delay that they"
        let share = Double(counts.shorterThanDrawn) / Double(max(1, counts.paired))
        return finding(
            .invalid, Subject.of(key), of: stage, in: evidence,
            "\(key == .thread ? "By thread" : "By request"), \(counts.shorterThanDrawn.grouped) of "
                + "\(counts.paired.grouped) \(stage.plural) "
                + "(\(share.percentage)) \(verb) drew, which no write can be.",
            [
                .count("shorter-than-drawn", counts.shorterThanDrawn), .count("spans", counts.paired),
                Finding.Figure("share", share, .ratio),
            ],
            remedy: key == .thread
                ? "Use the figures by request: these spans join the start of one write with another's done."
                : "Check that the program reports the delay in nanoseconds and sleeps at least that long.")
    }

    private func shorterThanStep(_ stage: Stage, in evidence: CellEvidence) -> Finding? {
        guard !evidence.isVirtual else { return nil }
        let trials = evidence.trials.filter { $0.stages[stage]?.minimum == 0 }
        guard !trials.isEmpty else { return nil }
        let step = trials.compactMap(\.machine.clock?.resolutionNanoseconds).max()
        return finding(
            .doubtful, Subject.byRequest, of: stage, in: evidence,
            "In \(trials.count.grouped) of \(evidence.trials.count.grouped) trials the shortest of the \(stage.plural) took no "
                + "time at all"
                + (step.map { ": the clock's step is \($0.durationText)." } ?? "."),
            [.count("trials", trials.count)]
                + (step.map { [Finding.Figure("smallest-step", $0, .nanoseconds)] } ?? []),
            remedy: "Record with a finer clock, or do not read this stage.")
    }
}
