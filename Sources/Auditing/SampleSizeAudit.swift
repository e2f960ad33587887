import Pairing
import Quantities
import Statistics
import TraceModel

/// There are enough processes for an interval, and enough requests, responses and writes in each for its percentiles.
///
/// Too few is a *note*: what cannot be supported is not printed, and the note says why it is missing. A window in which
/// nothing happened is *doubtful*: it says nothing of the system.
public struct SampleSizeAudit: Audit {
    public let identifier = "sample-size"
    public let needsTrace = false

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        var findings: [Finding] = []
        if evidence.trials.count == 1 {
            findings.append(
                finding(
                    .note, in: evidence, "There is one process, so that no interval can be given.",
                    [.count("processes", 1)],
                    remedy: evidence.isTraceAlone
                        ? "Nothing need be done for this trace: how far processes differ takes several of them, which an "
                            + "experiment of two trials or more makes (`assay run`)."
                        : "Declare at least two trials; with five the interval is about a seventh as wide as with two."
                ))
        }
        let empty = evidence.trials.count { trial in
            trial.hasTrace
                && trial.byRequest.eventCounts.allSatisfy { kind, count in
                    count == 0 || kind == .measurementStart || kind == .measurementEnd
                }
        }
        if empty > 0 {
            findings.append(
                finding(
                    .doubtful, in: evidence,
                    "In \(empty.grouped) of \(evidence.trials.count.grouped) windows nothing happened: no request was "
                        + "started or done while it was open.",
                    [.count("empty-windows", empty), .count("windows", evidence.trials.count)],
                    remedy: "Measure for longer than a client's cycle, think time and response time together."))
        }
        return findings + [Stage.request, .response, .persist].compactMap { missingPercentiles(of: $0, in: evidence) }
    }

    /// Counting is always possible.
    public func obstacle(in evidence: CellEvidence) -> String? { nil }

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
            [.count("finished", smallest)]
                + missing.map {
                    .count("p\($0.fixed(0))-needs", SampleSize.minimum(forPercentile: $0))
                },
            remedy: "Measure for longer, or do without the percentiles that are not printed.")
    }
}
