/// How far the measurement behind a comparison can be trusted, as the audits of its trials say.
///
/// What is invalid decides nothing, metric by metric; what is doubtful leaves the verdict, and the reader has to know.
public struct GateTrust: Sendable, Equatable, Codable {
    public enum Level: String, Sendable, Equatable, Codable {
        case trusted, doubtful, invalid
    }

    /// What an audit has against it.
    public struct Reason: Sendable, Equatable, Codable {
        /// From 1, as reports refer to it.
        public var number: Int
        /// `doubtful` or `invalid`.
        public var level: Level
        /// The audit's name.
        public var audit: String
        /// What it means, in a few words without figures, to stand behind `because`.
        public var meaning: String
        /// What was found, as a sentence with its figures: of several findings the one that shows it best.
        public var example: String
        /// What to do about it, as a sentence.
        public var remedy: String
        /// How many findings it stands for.
        public var findingCount: Int

        public init(
            number: Int, level: Level, audit: String, meaning: String, example: String, remedy: String,
            findingCount: Int
        ) {
            self.number = number
            self.level = level
            self.audit = audit
            self.meaning = meaning
            self.example = example
            self.remedy = remedy
            self.findingCount = findingCount
        }
    }

    /// The worst of the reasons'; trusted without any.
    public var level: Level
    public var reasons: [Reason]

    public init(level: Level, reasons: [Reason]) {
        self.level = level
        self.reasons = reasons
    }
}
