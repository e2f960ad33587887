import Experiments
import Statistics
import TraceModel

/// Writes take little longer than the delay they drew.
///
/// Unless declared otherwise the limits are 1 ms for the median and 10 ms for p99, in the worst trial. Timers of a machine that is not overloaded
/// overshoot by 0.2 ms at most in the median and by 1 ms at p99, and 1 ms is the accuracy that the shipped experiments
/// claim; 10 ms is a few time slices of the kernel's scheduler, which a write that had to wait for a CPU exceeds.
/// Beyond a limit is *doubtful*: the durations then tell of the machine, not of the store. In virtual time a sleep ends at
/// its deadline and no computing takes time, so that the overshoot is zero: there a finding is the model's mistake. Where
/// the store is made to stand still, writes are late by design, any share of them, and the overshoot is not judged.
public struct OvershootAudit: Audit {
    public let identifier = "overshoot"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        let unstalled = evidence.trials.filter { !$0.load.hasStalls }
        let limits = [
            ("median", evidence.limits[.overshootMedian], unstalled.compactMap(\.overshoot?.p50).max()),
            ("p99", evidence.limits[.overshootP99], unstalled.compactMap(\.overshoot?.p99).max()),
        ]
        return limits.compactMap { name, limit, worst in
            guard let worst, worst > limit else { return nil }
            return finding(
                .doubtful, of: .persist, in: evidence,
                "Writes overshoot the delay that they drew by \(worst.durationText) (\(name), worst trial); "
                    + "the limit is \(limit.durationText).",
                [
                    Finding.Figure("overshoot-\(name)", worst, .nanoseconds),
                    Finding.Figure("limit", limit, .nanoseconds),
                ],
                remedy: "Run on a machine with less other work, or with fewer clients or more workers.")
        }
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        let unstalled = evidence.trials.filter { !$0.load.hasStalls }
        guard !unstalled.isEmpty else { return Obstacle.stalls }
        return unstalled.contains { $0.overshoot != nil } ? nil : Obstacle.noDelay
    }
}
