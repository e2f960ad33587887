import Quantities
import Statistics

/// What a stage's duration is held against: a percentile of the same stage, as in `p99`, or a duration, as in `5ms`.
public enum Threshold: Sendable, Equatable {
    /// More than 0 and less than 100.
    case percentile(Double)
    case duration(nanoseconds: Int64)

    /// Reads `p99`, `p99.9` or a duration with its unit.
    ///
    /// - Throws: ``QuantityError`` where it is neither.
    public init(text: String) throws(QuantityError) {
        if let first = text.first, first == "p" || first == "P" {
            guard let percentile = Double(text.dropFirst()), percentile > 0, percentile < 100 else {
                throw QuantityError(
                    text: text,
                    complaint: "is no percentile: write p and a number between 0 and 100, as in p99 or p99.9")
            }
            self = .percentile(percentile)
            return
        }
        do {
            self = .duration(nanoseconds: try Duration(text: text).inNanoseconds)
        } catch {
            throw QuantityError(
                text: text, complaint: "\(error.complaint); or write a percentile of the stage itself, as in p99")
        }
    }

    /// As it is written: `p99`, `5ms`.
    public var text: String {
        switch self {
        case .percentile(let percentile):
            percentile == percentile.rounded() ? "p\(Int(percentile))" : "p\(percentile)"
        case .duration(let nanoseconds): Duration.nanoseconds(nanoseconds).text
        }
    }

    /// The limit in nanoseconds.
    ///
    /// - Parameter sample: All finished durations of the stage in the window.
    /// - Throws: ``FollowingError`` where so few durations do not carry the percentile.
    func nanoseconds(of sample: DurationSample, stage: String) throws(FollowingError) -> Double {
        switch self {
        case .duration(let nanoseconds): return Double(nanoseconds)
        case .percentile(let percentile):
            let needed = SampleSize.minimum(forPercentile: percentile)
            guard sample.count >= needed else {
                throw .tooFewForPercentile(stage: stage, percentile: text, needed: needed, found: sample.count)
            }
            return sample.quantile(percentile / 100)
        }
    }
}
