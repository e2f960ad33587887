/// A text that should have been a number with a unit, and was not.
public struct QuantityError: Error, Equatable, CustomStringConvertible {
    /// What was found, as it was written.
    public let text: String
    /// What is wrong with it and what is allowed, as a sentence without its subject.
    public let complaint: String

    public init(text: String, complaint: String) {
        self.text = text
        self.complaint = complaint
    }

    public var description: String { "'\(text)' \(complaint)" }
}
