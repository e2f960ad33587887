/// Every green thread waits for another one, and none sleeps: virtual time cannot go on.
public struct Deadlock: Error, Sendable, CustomStringConvertible {
    /// When it came to that, in virtual time.
    public let instant: Duration
    /// One sentence for each kind of waiter and what it waits for, in the order in which the kinds began to wait.
    public let sentences: [String]

    /// How many waiters of a kind are named before the rest is only counted.
    private static let namedCountMaximum = 5

    init(instant: Duration, waits: [Wait]) {
        self.instant = instant
        var groups: [(wait: Wait, numbers: [UInt64])] = []
        for wait in waits {
            if let index = groups.firstIndex(where: { $0.wait.isOfSameKind(as: wait) }) {
                groups[index].numbers.append(wait.number)
            } else {
                groups.append((wait, [wait.number]))
            }
        }
        sentences = groups.map { Self.sentence($0.wait, $0.numbers.sorted()) }
    }

    public var description: String {
        "virtual time stands still at \(instant): nothing sleeps, and all that is left waits for ever: "
            + sentences.joined(separator: "; ")
    }

    private static func sentence(_ wait: Wait, _ numbers: [UInt64]) -> String {
        guard numbers.count > 1 else { return "\(wait.waiter) \(numbers[0]) waits for \(wait.awaited)" }
        let named = numbers.prefix(namedCountMaximum).map { "\($0)" }.joined(separator: ", ")
        let rest = numbers.count - namedCountMaximum
        return "\(numbers.count) × \(wait.waiter) (\(named)\(rest > 0 ? " and \(rest) more" : "")) wait for "
            + "\(wait.awaited)"
    }
}

extension Wait {
    fileprivate func isOfSameKind(as other: Wait) -> Bool {
        waiter.description == other.waiter.description && awaited.description == other.awaited.description
    }
}
