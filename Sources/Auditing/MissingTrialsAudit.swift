/// Every planned trial has numbers.
///
/// A missing one is *doubtful*, because trials seldom fail at random: the ones that fail may be the slow ones. A cell
/// without any, or of which a declared rule leaves none, is *invalid*.
public struct MissingTrialsAudit: Audit {
    public let identifier = "missing-trials"
    public let needsTrace = false

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        let planned = evidence.trials.count + evidence.missing.count + evidence.excludedCount
        guard let first = evidence.missing.first else { return allExcluded(planned, in: evidence) }
        let more = evidence.missing.count > 1 ? " (and \((evidence.missing.count - 1).grouped) more)" : ""
        return [
            finding(
                evidence.trials.isEmpty ? .invalid : .doubtful, in: evidence,
                "\(evidence.missing.count.grouped) of \(planned.grouped) trials have no numbers: "
                    + "\(first.identifier)\(more): \(first.reason)",
                [.count("missing", evidence.missing.count), .count("planned", planned)],
                remedy:
                    "Read output.txt and errors.txt in failed/<trial>-attempt-<n> below runs/…, mend the cause, and "
                    + "resume the run.")
        ]
    }

    public func obstacle(in evidence: CellEvidence) -> String? { evidence.isTraceAlone ? "no plan" : nil }

    /// A cell of which a declared rule leaves nothing.
    private func allExcluded(_ planned: Int, in evidence: CellEvidence) -> [Finding] {
        guard evidence.trials.isEmpty, evidence.excludedCount > 0 else { return [] }
        return [
            finding(
                .invalid, in: evidence,
                "None of \(planned.grouped) trials counts: a declared rule leaves out all of them.",
                [.count("excluded", evidence.excludedCount), .count("planned", planned)],
                remedy: "Run on a quieter machine; the rule stands, since it was declared before the run.")
        ]
    }
}
