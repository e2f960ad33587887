import Experiments

/// The recorder lost nothing, and the trace came through whole.
///
/// Lost events, also those that an import could not read, are *doubtful*, and *invalid* above the limit (1 % of all events),
/// where every count is off by more than the other audits tolerate. A trace that is damaged or was never closed is *doubtful*:
/// what was read is right, the rest is gone. A trace without a single event that can be read is *invalid*.
public struct DropsAudit: Audit {
    public let identifier = "drops"

    public init() {}

    public func findings(in evidence: CellEvidence) -> [Finding] {
        evidence.trials.flatMap { trial in
            var findings: [Finding] = []
            let dropped = trial.trace.droppedEvents
            if dropped > 0 {
                // A damaged header may claim more than a whole number holds.
                let (sum, isTooMany) = dropped.addingReportingOverflow(trial.trace.eventCount)
                let total = isTooMany ? Int.max : sum
                let share = Double(dropped) / Double(total)
                let part = "\(dropped.grouped) of \(total.grouped) events (\(share.percentage))"
                // Nobody can give larger buffers to a file that cannot be read.
                let isImported = trial.trace.isImported
                findings.append(
                    finding(
                        share > evidence.limits[.droppedEvents] ? .invalid : .doubtful, in: evidence,
                        "\(trial.identifier): "
                            + (isImported
                                ? "the import could not read \(part), or their source had lost them."
                                : "the recorder lost \(part)."),
                        [
                            .count("dropped-events", dropped), Finding.Figure("dropped-share", share, .ratio),
                            Finding.Figure("limit", evidence.limits[.droppedEvents], .ratio),
                        ],
                        remedy: isImported
                            ? "Mend the lines that `assay import` names, or what recorded them, and import them again."
                            : "Give the recorder larger buffers, or measure for a shorter time."))
            }
            if trial.trace.eventCount == 0 {
                findings.append(
                    finding(
                        .invalid, in: evidence, "\(trial.identifier): the trace has no event that can be read.",
                        [.count("events", 0)],
                        remedy: "Look at what the trace's problems are, and whether the program records at all."))
            }
            if let problem = trial.trace.problems.first {
                let others = trial.trace.problems.count - 1 + trial.trace.unlistedProblemCount
                let more = others > 0 ? " (and \(others.grouped) more)" : ""
                findings.append(
                    finding(
                        .doubtful, in: evidence,
                        "\(trial.identifier): the trace is damaged\(more): \(problem)",
                        [.count("problems", trial.trace.problems.count + trial.trace.unlistedProblemCount)],
                        remedy: "Run the trial again; if it happens again, check the disk and how the program ends."))
            }
            if !trial.trace.isClosed {
                findings.append(
                    finding(
                        .doubtful, in: evidence,
                        "\(trial.identifier): the trace was never closed, so the program was killed or crashed.",
                        remedy:
                            "Read output.txt and errors.txt beside the trace, mend what ended it, and run the trial again."
                    ))
            }
            return findings
        }
    }

    /// Every trace says whether it is whole.
    public func obstacle(in evidence: CellEvidence) -> String? { nil }
}
