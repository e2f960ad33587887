/// Damage in a trace: where, what, and what becomes of it. The events before it are read; what follows it in its stream
/// is not, because nothing says that it is still in order.
public struct TraceProblem: Sendable, Equatable, CustomStringConvertible {
    public enum Kind: String, Sendable, CaseIterable {
        /// The header's check fails, or a field of it cannot be true.
        case damagedHeader = "damaged-header"
        /// The file ends before the chunks that its header counts.
        case truncated
        /// The file goes on after the chunks that its header counts.
        case excess
        /// A chunk does not begin with a chunk header.
        case damagedChunk = "damaged-chunk"
        /// A chunk that its stream does not expect here.
        case chunkOutOfSequence = "chunk-out-of-sequence"
        /// A chunk that ends before it is full, though its stream goes on or bytes follow.
        case hole
        /// A record whose check fails.
        case damagedRecord = "damaged-record"
        /// An intact record of a kind that does not exist or does not belong here.
        case unknownKind = "unknown-kind"
        /// An intact record whose contents cannot be true.
        case impossibleValue = "impossible-value"
        /// A time before the time of the record before it in its stream.
        case timeBackwards = "time-backwards"
        /// Too few calibrations to convert ticks, or calibrations that contradict each other.
        case calibration
        /// The header's count of events is not the number found.
        case eventCount = "event-count"
        /// The file changed, or could no longer be read, after it was opened.
        case changedWhileReading = "changed-while-reading"
    }

    public let path: String
    /// Where the damage was found, in bytes from the start of the file.
    public let byteOffset: UInt64
    public let kind: Kind
    /// What was expected and what was found, without the place.
    public let sentence: String

    public init(path: String, byteOffset: UInt64, kind: Kind, sentence: String) {
        self.path = path
        self.byteOffset = byteOffset
        self.kind = kind
        self.sentence = sentence
    }

    public var description: String { "\(path): byte \(byteOffset): \(sentence)" }
}
