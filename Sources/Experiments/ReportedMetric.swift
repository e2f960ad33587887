/// A figure that a program prints of itself: a number field of a JSON object, under the same name.
public struct ReportedMetric: Sendable, Hashable, Codable {
    /// The field's name, which is the metric's.
    public var name: String
    /// What the printed number is measured in.
    public var unit: Unit
    public var worse: Worse

    public init(name: String, unit: Unit, worse: Worse) {
        self.name = name
        self.unit = unit
        self.worse = worse
    }

    /// Which way a change is for the worse.
    public enum Worse: String, Sendable, Hashable, Codable, CaseIterable { case higher, lower }

    /// The units that a program may print in.
    public enum Unit: String, Sendable, Hashable, Codable, CaseIterable {
        case nanoseconds = "ns"
        case microseconds = "us"
        case milliseconds = "ms"
        case seconds = "s"
        case perSecond = "/s"
        case percent = "%"
        /// A share from 0 to 1.
        case share
        case bytes = "B"
        case kibibytes = "KiB"
        case mebibytes = "MiB"
        case gibibytes = "GiB"
        /// A plain number.
        case count

        public var dimension: Metric.Dimension {
            switch self {
            case .nanoseconds, .microseconds, .milliseconds, .seconds: .duration
            case .perSecond: .rate
            case .percent, .share: .share
            case .bytes, .kibibytes, .mebibytes, .gibibytes: .bytes
            case .count: .count
            }
        }

        /// How many of the units that values are stored in (nanoseconds, per second, 0…1, bytes, one) it has.
        public var factor: Double {
            switch self {
            case .nanoseconds, .perSecond, .share, .bytes, .count: 1
            case .microseconds: 1e3
            case .milliseconds: 1e6
            case .seconds: 1e9
            case .percent: 0.01
            case .kibibytes: 1024
            case .mebibytes: 1_048_576
            case .gibibytes: 1_073_741_824
            }
        }
    }

    /// Whether a text can be a name: letters, digits, `-`, `_` and `.`, beginning with a letter, at most 60 characters.
    static func isName(_ text: String) -> Bool {
        guard let first = text.first, first.isASCII, first.isLetter, text.count <= 60 else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
    }
}
