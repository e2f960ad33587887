/// What one thing about a machine means for measuring times on it.
public struct Diagnosis: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        case fine
        /// Times measured now will be off, or scatter more than they need to.
        case disturbs = "will disturb"
        /// The machine does not tell.
        case unknown
    }

    /// As in `governor`.
    public var name: String
    public var state: State
    /// What was found, with its numbers; where nothing was, why.
    public var finding: String
    /// What could be done, with the exact command where there is one; nil where there is nothing to do.
    public var remedy: String?

    public init(_ name: String, _ state: State, _ finding: String, remedy: String? = nil) {
        self.name = name
        self.state = state
        self.finding = finding
        self.remedy = remedy
    }
}
