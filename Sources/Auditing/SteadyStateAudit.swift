import Pairing
import Quantities
import Statistics
import TraceModel

/// The second half of the window is like the first.
///
/// For each stage the ratio of its mean in the second half to that in the first is compared over processes; the whole
/// interval outside 0.95…1.05, at 95 % for all stages of the cell together, is *doubtful*: the mean depends on how long one
/// measures. A drift of less than 0.1 ms is left to the scheduler, but not in virtual time, which has none. A trace without a `measurement-start` marker counts its warm-up too, which is a *note*.
public struct SteadyStateAudit: Audit {
    public let identifier = "steady-state"

    /// A drift of less than 0.1 ms is the scheduler's, not the system's: waits of microseconds vary by more than 5 %.
    private static let smallestDriftNanoseconds = 100_000.0

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        let unmarked = evidence.trials.count { !$0.byRequest.window.hasStartMarker }
        var findings: [Finding] = []
        if unmarked > 0 {
            findings.append(
                finding(
                    .note, in: evidence,
                    "\(unmarked.grouped) of \(evidence.trials.count.grouped) traces have no measurement-start marker: "
                        + "the start-up is part of the numbers.",
                    remedy: "Let the program record measurement-start when its warm-up is over."))
        }
        let stages = Stage.allCases.filter { $0 != .response || evidence.isOpenLoop }
        // The stages of one cell are looked at together, so each look gets its share of the 5 % (Bonferroni).
        let confidence = 1 - 0.05 / Double(stages.count)
        return findings + stages.compactMap { drift(of: $0, confidence, in: evidence) }
    }

    private func drift(of stage: Stage, _ confidence: Double, in evidence: CellEvidence) -> Finding? {
        var (first, second): ([PairedComparison.BlockValue], [PairedComparison.BlockValue]) = ([], [])
        for (index, trial) in evidence.trials.enumerated() {
            for halves in trial.halves where halves.stage == stage {
                first.append(PairedComparison.BlockValue(block: index, value: halves.firstMean))
                second.append(PairedComparison.BlockValue(block: index, value: halves.secondMean))
            }
        }
        let comparison = PairedComparison(baseline: first, candidate: second)
        let smallestDrift = evidence.isVirtual ? 0 : Self.smallestDriftNanoseconds
        guard let comparison, abs(comparison.difference.value) >= smallestDrift,
            let ratio = comparison.ratio, let interval = comparison.ratioInterval(confidence: confidence),
            BandDecision(interval, within: Interval(lowerBound: 0.95, upperBound: 1.05)) == .outside
        else { return nil }
        let overload = evidence.overloadText
        return finding(
            .doubtful, Subject.byRequest, of: stage, in: evidence,
            "The \(stage.plural) are not steady: in the second half of the window their mean is "
                + "\(ratio.value.fixed(2)) times that in the first (\(confidence.percentage) interval \(interval.lowerBound.fixed(2)) to "
                + "\(interval.upperBound.fixed(2)), \(ratio.processValues.count.grouped) processes)."
                + (overload.map { " \($0.sentence)" } ?? ""),
            remedy: overload?.remedy ?? "Warm up for longer, or find what fills or drains while the window is open.")
    }
}
