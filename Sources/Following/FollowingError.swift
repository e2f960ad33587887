import Quantities

/// Why there is nothing to follow; each sentence says what there is and what to ask instead.
public enum FollowingError: Error, Equatable, CustomStringConvertible {
    case noEvents
    case unknownRequest(UInt64, inventory: TraceInventory)
    /// No request went through the stage in the window.
    case noSpans(stage: String, inventory: TraceInventory)
    case tooFewForPercentile(stage: String, percentile: String, needed: Int, found: Int)
    /// All of the stage's durations are below the limit; the longest of them in nanoseconds.
    case noneAbove(stage: String, threshold: String, longestNanoseconds: Int64, count: Int)
    /// The stage is not a part of one request.
    case notOfARequest(stage: String, others: [String])
    /// More requests pass than can be kept.
    case tooMany(stage: String, threshold: String, limit: Int)

    /// Without the file's name.
    public var description: String {
        switch self {
        case .noEvents:
            "the trace holds no events that can be read; see what it is with 'assay trace summary', or record it anew"
        case .unknownRequest(let request, let inventory):
            "there is no request \(request); \(inventory.requestsSentence); ask for one of these, or for '--slowest 3'"
        case .noSpans(let stage, let inventory):
            "no \(stage) was finished or open in the measured window; the trace holds \(inventory.kindsText); ask for a stage "
                + "whose events are among them"
        case .tooFewForPercentile(let stage, let percentile, let needed, let found):
            "\(percentile) of \(stage) needs \(needed) durations, and the trace has \(found); ask for '--slowest 3', or for "
                + "'--above' with a duration, as in '--above 5ms'"
        case .noneAbove(let stage, let threshold, let longest, let count):
            "none of the \(count) durations of \(stage) is above \(threshold); the longest is "
                + "\(Duration.nanoseconds(longest).text); ask for less, or for '--slowest 3'"
        case .notOfARequest(let stage, let others):
            "\(stage) is time between two requests of a client, which no single request has; ask for one of "
                + others.joined(separator: ", ")
        case .tooMany(let stage, let threshold, let limit):
            "more than \(limit) requests have a \(stage) above \(threshold); ask for more than that"
        }
    }
}
