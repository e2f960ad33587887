import TraceModel

/// One rule that a measurement must keep. It looks at evidence and prints nothing.
public protocol Audit: Sendable {
    /// As in `pairing`: the name of the audit in reports, CSV files and `docs/audits.md`. It never changes its meaning.
    var identifier: String { get }

    /// Whether the rule concerns each cell for itself or all trials of an experiment together.
    var scope: AuditScope { get }

    /// Whether the rule is about events: without a trace it cannot be applied.
    var needsTrace: Bool { get }

    /// What is wrong: nothing where the rule holds, and nothing where the evidence does not let it be applied.
    ///
    /// - Parameter evidence: Of one cell, or, for the scope `experiment`, of all cells as one.
    func findings(in evidence: CellEvidence) -> [Finding]

    /// What keeps the rule from being applied, in a few words, as in `no virtual twin`: its silence then says nothing. Nil
    /// where it is applied; elsewhere it finds nothing but notes.
    ///
    /// - Parameter evidence: As for ``findings(in:)``, with one trial at least.
    func obstacle(in evidence: CellEvidence) -> String?
}

/// How much of an experiment an audit looks at in one go.
public enum AuditScope: Sendable { case cell, experiment }

extension Audit {
    public var scope: AuditScope { .cell }

    public var needsTrace: Bool { true }

    /// A finding of this audit; the cell's label opens the sentence.
    ///
    /// - Parameter stage: The stage that it concerns; nil for all.
    func finding(
        _ severity: Finding.Severity, _ subject: String? = nil, of stage: Stage? = nil, in evidence: CellEvidence,
        _ sentence: String, _ figures: [Finding.Figure] = [], remedy: String
    ) -> Finding {
        let opening = evidence.label.map { "\($0): " } ?? ""
        return Finding(
            audit: identifier, severity: severity, subject: subject, cell: evidence.label, stage: stage,
            sentence: opening + sentence, figures: figures, remedy: remedy)
    }
}
