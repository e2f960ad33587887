import Glibc

/// The name of a run: when it was begun, its profile and its seed, as in `2026-11-23T04-52-47Z-full-seed-42`.
/// Names in ascending order are runs in the order in which they were begun.
public struct RunIdentifier: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let text: String

    /// - Parameter secondsSinceEpoch: Of the system's clock, 0 or more.
    public init(secondsSinceEpoch: Int, profile: String, seed: UInt64) {
        var seconds = time_t(secondsSinceEpoch)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let date = "\(parts.tm_year + 1900)-\(Self.two(parts.tm_mon + 1))-\(Self.two(parts.tm_mday))"
        // Hyphens, since a colon in a path is an obstacle for rsync, make and some file systems.
        let hour = "\(Self.two(parts.tm_hour))-\(Self.two(parts.tm_min))-\(Self.two(parts.tm_sec))"
        text = "\(date)T\(hour)Z-\(profile)-seed-\(seed)"
    }

    init(text: String) { self.text = text }

    /// The run of that name; nil where no run is ever named so, as with a folder that somebody put beside the runs.
    init?(name: String) {
        let form = /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}-[0-9]{2}-[0-9]{2}Z-.+-seed-[0-9]+(-[0-9]+)?/
        guard name.wholeMatch(of: form) != nil else { return nil }
        self.init(text: name)
    }

    /// The name for the next run of the same second: the second is numbered 2.
    func numbered(_ number: Int) -> RunIdentifier {
        number == 1 ? self : RunIdentifier(text: "\(text)-\(number)")
    }

    public var description: String { text }

    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
