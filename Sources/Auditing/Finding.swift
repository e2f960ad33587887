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
    /// The figures that decided, for programs: what was measured first, then what it was held against, if anything.
    public let figures: [Figure]
    /// What to do about it, as a whole sentence.
    public let remedy: String

    public init(
        audit: String, severity: Severity, subject: String? = nil, cell: String? = nil, stage: Stage? = nil,
        sentence: String, figures: [Figure] = [], remedy: String
    ) {
        self.audit = audit
        self.severity = severity
        self.subject = subject
        self.cell = cell
        self.stage = stage
        self.sentence = sentence
        self.figures = figures
        self.remedy = remedy
    }

    /// A number that a finding rests on.
    public struct Figure: Sendable, Equatable, Codable {
        /// What a figure is measured in.
        public enum Unit: String, Sendable, Codable {
            case nanoseconds = "ns"
            /// A number of things.
            case count
            /// A share or another ratio: 0.01 is 1 %.
            case ratio = "1"
            case perSecond = "1/s"
        }

        /// As in `open-share`; in small letters, words joined by `-`.
        public let name: String
        public let value: Double
        public let unit: Unit

        public init(_ name: String, _ value: Double, _ unit: Unit) {
            self.name = name
            self.value = value
            self.unit = unit
        }

        /// A number of things.
        public static func count(_ name: String, _ value: Int) -> Figure { Figure(name, Double(value), .count) }
    }
}
