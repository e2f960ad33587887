// The simulator's model is written once and runs on two clocks. With the same seed its clients draw the same delays on
// both, so that a trial on the wall clock has a twin without a machine, and what parts the two is what the machine added.
// The road not taken, an analytic model, knows the means of a few parameter sets.
//
// Where clients run into one another a late timer also changes who waits for whom: the twins are then two draws of one
// distribution and not one draw, which the interval over trials counts in.

import Experiments
import Pairing
import Quantities
import Statistics
import TraceModel

/// A stage takes on the machine what it takes in virtual time.
///
/// Judged are the mean and p99 of each stage shown, by the 95 % interval of the paired difference over trials. The whole
/// interval beyond the limit (5 % of the figure in virtual time, but never less than what a timer may be late: the limits
/// of `overshoot`) is *doubtful*: the figure tells of the machine too. Trials without a twin are a *note*. It takes two trials.
public struct OracleAudit: Audit {
    public let identifier = "oracle"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        missing(in: evidence)
            + evidence.shownStages.flatMap { stage in
                [
                    added(to: stage, "mean", \.mean, floor: evidence.limits[.overshootMedian], in: evidence),
                    added(to: stage, "p99", \.p99, floor: evidence.limits[.overshootP99], in: evidence),
                ].compactMap(\.self)
            }
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        guard !evidence.isVirtual else { return Obstacle.virtualTime }
        let twins = evidence.trials.count { $0.oracle.stages != nil }
        guard twins > 0 else { return "no virtual twin" }
        let isCompared = evidence.shownStages.contains { stage in
            evidence.machineAdded(to: stage, \.mean)?.added.interval != nil
        }
        guard !isCompared else { return nil }
        return twins < 2 ? "1 of 2 virtual twins needed" : "no figures beside the virtual twins"
    }

    private func added(
        to stage: Stage, _ name: String, _ figure: (StageEvidence) -> Double?, floor: Double, in evidence: CellEvidence
    ) -> Finding? {
        guard let comparison = evidence.machineAdded(to: stage, figure), let interval = comparison.added.interval
        else { return nil }
        let limit = max(evidence.limits[.oracle] * abs(comparison.virtual), floor)
        guard interval.lowerBound > limit || interval.upperBound < -limit else { return nil }
        let added = comparison.added.value
        return finding(
            .doubtful, Subject.byRequest, of: stage, in: evidence,
            "The machine \(added > 0 ? "added" : "took") \(abs(added).durationText) \(added > 0 ? "to" : "off") the \(name) of "
                + "the \(stage.plural) (95 % interval \(interval.lowerBound.durationText) to "
                + "\(interval.upperBound.durationText)), which is \(comparison.virtual.durationText) in virtual time; the "
                + "limit is \(limit.durationText).",
            [
                Finding.Figure("added-\(name)", added, .nanoseconds),
                Finding.Figure("added-lower", interval.lowerBound, .nanoseconds),
                Finding.Figure("added-upper", interval.upperBound, .nanoseconds),
                Finding.Figure("virtual-\(name)", comparison.virtual, .nanoseconds),
                Finding.Figure("limit", limit, .nanoseconds),
            ],
            remedy:
                "Look at the audits overshoot and environment for what delayed it, or read the figure as the machine's."
        )
    }

    private func missing(in evidence: CellEvidence) -> [Finding] {
        let reasons = evidence.trials.compactMap { trial -> String? in
            if case .missing(let reason) = trial.oracle { "\(trial.identifier): \(reason)" } else { nil }
        }
        guard let first = reasons.first else { return [] }
        return [
            finding(
                .note, in: evidence,
                "What the machine added is not known of \(reasons.count.grouped) of \(evidence.trials.count.grouped) trials: "
                    + first,
                [.count("trials-without-oracle", reasons.count), .count("trials", evidence.trials.count)],
                remedy: "Resume the run: what is missing of the oracle is run then.")
        ]
    }
}

extension CellEvidence {
    /// What the machine added to a figure of a stage: the paired difference of each trial from its twin in virtual time,
    /// in nanoseconds, with its interval over trials.
    ///
    /// - Returns: Nil where no trial has both figures.
    public func machineAdded(
        to stage: Stage, _ figure: (StageEvidence) -> Double?
    ) -> (added: Estimate, wall: Double, virtual: Double)? {
        let pairs = trials.compactMap { trial -> (wall: Double, virtual: Double)? in
            guard let wall = trial.stages[stage].flatMap(figure),
                let virtual = trial.oracle.stages?[stage].flatMap(figure)
            else { return nil }
            return (wall, virtual)
        }
        guard !pairs.isEmpty else { return nil }
        return (
            Estimate(processValues: pairs.map { $0.wall - $0.virtual }), Moments(pairs.map(\.wall)).mean,
            Moments(pairs.map(\.virtual)).mean
        )
    }
}
