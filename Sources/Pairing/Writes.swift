/// Whether a request waits for its write, which decides where its way back begins.
public enum Writes: String, Sendable, Codable, CaseIterable {
    /// The answer leaves once the write is enqueued: the way back begins at `persist-start`.
    case asynchronous
    /// The answer leaves once the write is done: the way back begins at `persist-done`.
    case synchronous
}
