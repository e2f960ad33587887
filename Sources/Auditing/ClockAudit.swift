// The recorder stamps events with the processor's tick counter and calibrates it against the kernel's clock ten times a
// second. If the counter ran unevenly, or differently on two CPUs, a calibration would lie off the line through its
// neighbours. What runs backwards is seen in spans that end before they begin, wherever start and done were on two CPUs.

import Experiments
import Pairing
import Quantities
import Statistics
import TraceModel

/// The clock runs evenly and finely enough for what it measures.
///
/// A calibration further from the line through its neighbours than the limit (10 µs) is *doubtful*. A clock whose smallest
/// step is more than 1 % of the mean of a stage shown is *doubtful* for that stage. The step is the common divisor of the
/// distances between time stamps; below 20 of them that may be the events' own rhythm, and nothing is said of it. In virtual time
/// no clock is read.
public struct ClockAudit: Audit {
    public let identifier = "clock"

    /// A figure of two digits needs a clock a hundred times as fine.
    private static let largestStepShare = 0.01

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        guard !evidence.isVirtual else { return [] }
        return [uneven(in: evidence)].compactMap(\.self)
            + evidence.shownStages.compactMap { coarse($0, in: evidence) }
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        guard !evidence.isVirtual else { return Obstacle.virtualTime }
        let isKnown = evidence.trials.contains { trial in
            trial.machine.clock.map { $0.largestResidualNanoseconds != nil || $0.resolutionNanoseconds != nil } ?? false
        }
        return isKnown ? nil : "nothing known of the clock"
    }

    private func uneven(in evidence: CellEvidence) -> Finding? {
        let limit = evidence.limits[.clockResidual]
        guard let worst = evidence.trials.compactMap(\.machine.clock?.largestResidualNanoseconds).max(), worst > limit
        else { return nil }
        return finding(
            .doubtful, in: evidence,
            "The clock ran unevenly: a calibration lies \(worst.durationText) off the line through its neighbours (worst "
                + "trial); the limit is \(limit.durationText).",
            [Finding.Figure("largest-residual", worst, .nanoseconds), Finding.Figure("limit", limit, .nanoseconds)],
            remedy: "Ask `assay doctor` for the clock source; where it is not 'tsc', record with the kernel's clock.")
    }

    private func coarse(_ stage: Stage, in evidence: CellEvidence) -> Finding? {
        let trials = evidence.trials.compactMap { trial -> (step: Double, mean: Double)? in
            guard let step = trial.machine.clock?.resolutionNanoseconds, let mean = trial.stages[stage]?.mean,
                mean > 0
            else { return nil }
            return (step, mean)
        }
        guard let worst = trials.max(by: { $0.step / $0.mean < $1.step / $1.mean }),
            worst.step > Self.largestStepShare * worst.mean
        else { return nil }
        return finding(
            .doubtful, of: stage, in: evidence,
            "The clock's step is \(worst.step.durationText), \((worst.step / worst.mean).percentage) of the mean of "
                + "the \(stage.plural), \(worst.mean.durationText): they are counted in steps, not timed.",
            [
                Finding.Figure("smallest-step", worst.step, .nanoseconds),
                Finding.Figure("mean", worst.mean, .nanoseconds),
                Finding.Figure("limit", Self.largestStepShare, .ratio),
            ],
            remedy: "Record with a finer clock, or do not read this stage.")
    }
}
