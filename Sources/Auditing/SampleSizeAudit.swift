import Pairing
import Quantities
import Statistics
import TraceModel

/// There are enough processes for an interval, and enough requests and writes in each for its percentiles.
///
/// Too few is a *note*: what cannot be supported is not printed, and the note says why it is missing.
public struct SampleSizeAudit: Audit {
    public let identifier = "sample-size"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        var findings: [Finding] = []
        if evidence.trials.count == 1 {
            findings.append(
                finding(
                    .note, in: evidence, "There is one process, so that no interval can be given.",
                    remedy:
                        "Declare at least two trials; with five the interval is about a seventh as wide as with two."))
        }
        return findings + [Stage.request, .persist].compactMap { missingPercentiles(of: $0, in: evidence) }
    }

    private func missingPercentiles(of stage: Stage, in evidence: CellEvidence) -> Finding? {
        let smallest = evidence.trials.compactMap { $0.byRequest.stages[stage]?.counts.paired }.min()
        let starts = evidence.counts(stage, .request).starts
        guard let smallest, starts > 0 else { return nil }
        let missing = [50.0, 90, 99].filter { smallest < SampleSize.minimum(forPercentile: $0) }
        guard !missing.isEmpty else { return nil }
        let needs = missing.map { "p\($0.fixed(0)) needs \(SampleSize.minimum(forPercentile: $0).grouped)" }
        return finding(
            .note, of: stage, in: evidence,
            "The process with the fewest finished \(stage.plural) has \(smallest.grouped): "
                + needs.joined(separator: ", ") + ".",
            remedy: "Measure for longer, or do without the percentiles that are not printed.")
    }
}
