import TraceModel

/// Doubt about a measurement, as a value: it travels with the numbers to the report and the gate.
public struct Finding: Sendable, Equatable, Codable {
    /// How far a finding reaches.
    public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
        /// Worth knowing; the numbers stand.
        case note
        /// The numbers may be off by more than their intervals say.
        case doubtful
        /// The numbers do not measure what they claim to.
        case invalid

        public static func < (left: Severity, right: Severity) -> Bool {
            allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
        }
    }

    /// The audit that raised it, as in `pairing`.
    public let audit: String
    public let severity: Severity
    /// What it concerns: `by thread`, `by request` or nil for the run as a whole.
    public let subject: String?
    /// The cell that it concerns, by its label; nil for all cells.
    public let cell: String?
    /// The stage that it concerns; nil for all stages.
    public let stage: Stage?
    /// What was found, with its figures, as a whole sentence.
    public let sentence: String
    /// What to do about it, as a whole sentence.
    public let remedy: String

    public init(
        audit: String, severity: Severity, subject: String? = nil, cell: String? = nil, stage: Stage? = nil,
        sentence: String, remedy: String
    ) {
        self.audit = audit
        self.severity = severity
        self.subject = subject
        self.cell = cell
        self.stage = stage
        self.sentence = sentence
        self.remedy = remedy
    }
}
