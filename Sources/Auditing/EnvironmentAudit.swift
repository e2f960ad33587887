// What the machine did while a trial measured, not before or after it. One figure a rule, so that a reader sees which; what
// the machine cannot tell is said to be unknown, because silence would pass for quiet.

import Experiments
import Quantities
import TraceModel

/// Nothing else disturbed the machine while the trials measured.
///
/// A figure above its limit in any trial is *doubtful*: steal, other processes' load, pressure on CPU, memory and disk, swapping,
/// throttling, involuntary context switches. What no trial could tell is one *note*. In virtual time nothing of it matters.
public struct EnvironmentAudit: Audit {
    public let identifier = "environment"
    public let needsTrace = false

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        guard !evidence.isVirtual, !evidence.trials.isEmpty else { return [] }
        let disturbed = Disturbance.all.compactMap { found($0, in: evidence) }
        return disturbed + [unknown(in: evidence)].compactMap(\.self)
    }

    public func obstacle(in evidence: CellEvidence) -> String? {
        guard !evidence.isVirtual else { return Obstacle.virtualTime }
        let isKnown = Disturbance.all.contains { disturbance in
            evidence.trials.contains { $0.figure(disturbance.limit) != nil }
        }
        return isKnown ? nil : "machine not watched"
    }

    private func found(_ disturbance: Disturbance, in evidence: CellEvidence) -> Finding? {
        let limit = evidence.limits[disturbance.limit]
        let figures = evidence.trials.compactMap { trial in
            trial.figure(disturbance.limit).map { (trial: trial.identifier, value: $0) }
        }.filter { $0.value > limit }
        guard let worst = figures.max(by: { $0.value < $1.value }) else { return nil }
        return finding(
            .doubtful, in: evidence,
            "\(disturbance.sentence(worst.value)) in \(worst.trial), the worst of \(figures.count.grouped) of "
                + "\(evidence.trials.count.grouped) trials beyond the limit of \(disturbance.text(limit)).",
            [
                Finding.Figure(disturbance.limit.rawValue, worst.value, disturbance.unit),
                Finding.Figure("limit", limit, disturbance.unit), .count("trials-beyond", figures.count),
                .count("trials", evidence.trials.count),
            ], remedy: disturbance.remedy)
    }

    private func unknown(in evidence: CellEvidence) -> Finding? {
        let unknown = Disturbance.all.filter { disturbance in
            evidence.trials.allSatisfy { $0.figure(disturbance.limit) == nil }
        }
        guard !unknown.isEmpty else { return nil }
        return finding(
            .note, in: evidence,
            "Unknown of the machine while it measured: \(unknown.map(\.limit.rawValue).joined(separator: ", ")).",
            [.count("unknown-figures", unknown.count)],
            remedy:
                "Nothing need be done: `assay doctor` says what this machine can tell. Only `assay run` watches it; a trace by itself holds none of it."
        )
    }
}

/// One way in which a machine disturbs a trial.
private struct Disturbance: Sendable {
    let limit: Limit
    /// What happened, with the figure's text in the place of `#`.
    let pattern: String
    let remedy: String

    static let all: [Disturbance] = [
        Disturbance(
            limit: .steal, pattern: "The hypervisor gave # of the CPU time to somebody else",
            remedy: "Run on a machine of your own, or at another time."),
        Disturbance(
            limit: .otherLoad, pattern: "Other processes used # of the CPU time",
            remedy: "Stop what else runs on the machine."),
        Disturbance(
            limit: .cpuPressure, pattern: "For # of the time some task waited for a CPU",
            remedy: "Stop what else runs, or give the program fewer workers or clients."),
        Disturbance(
            limit: .memoryPressure, pattern: "For # of the time some task waited for memory",
            remedy: "Free memory, or use less of it."),
        Disturbance(
            limit: .ioPressure, pattern: "For # of the time some task waited for input or output",
            remedy: "Stop what else writes, or put the results on another disk."),
        Disturbance(
            limit: .swappedPages, pattern: "# pages were swapped",
            remedy: "Free memory, or switch swap off while it measures (swapoff -a)."),
        Disturbance(
            limit: .throttlings, pattern: "The program's CPUs were throttled # times",
            remedy: "Cool the machine, or lift the quota of the group that the program runs in."),
        Disturbance(
            limit: .involuntarySwitches, pattern: "The kernel took a CPU away from the program # times a second",
            remedy: "Stop what else runs, or give the program fewer workers."),
    ]

    func sentence(_ value: Double) -> String { pattern.replacing("#", with: text(value)) }

    func text(_ value: Double) -> String {
        switch limit.dimension {
        case .share: value.percentage
        case .duration: value.durationText
        case .count, .rate: value.fixed(0)
        }
    }

    var unit: Finding.Figure.Unit {
        switch limit.dimension {
        case .share: .ratio
        case .duration: .nanoseconds
        case .count: .count
        case .rate: .perSecond
        }
    }
}
