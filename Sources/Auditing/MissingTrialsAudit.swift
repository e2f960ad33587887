/// Every planned trial has numbers.
///
/// A missing one is *doubtful*, because trials seldom fail at random: the ones that fail may be the slow ones. A cell
/// without any is *invalid*.
public struct MissingTrialsAudit: Audit {
    public let identifier = "missing-trials"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        guard let first = evidence.missing.first else { return [] }
        let planned = evidence.trials.count + evidence.missing.count
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
}
