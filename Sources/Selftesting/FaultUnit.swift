import Quantities

/// What the size of a fault is measured in.
public enum FaultUnit: Sendable, Equatable {
    /// 0…1, shown as a percentage.
    case share
    /// In nanoseconds.
    case duration
    /// A number of things.
    case count
    /// From 1 up.
    case factor
    /// Times a second.
    case rate

    /// The size that changes nothing.
    public var nothing: Double { self == .factor ? 1 : 0 }

    /// As in `0.1 %`, `20 ms`, `3`, `÷ 1000` or `500/s`.
    public func text(of size: Double) -> String {
        switch self {
        case .share: "\(Self.shortest(size * 100)) %"
        case .duration: Self.text(nanoseconds: size)
        case .count: Self.shortest(size)
        case .factor: "÷ \(Self.shortest(size))"
        case .rate: "\(Self.shortest(size))/s"
        }
    }

    private static func text(nanoseconds: Double) -> String {
        let scale = Scale.fitting(nanoseconds: nanoseconds)
        return "\(shortest(nanoseconds / scale.nanosecondsPerUnit)) \(scale.unit)"
    }

    /// With no more decimals than it needs, and six at the most.
    private static func shortest(_ number: Double) -> String {
        let text = number.fixed(6)
        return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
    }
}
