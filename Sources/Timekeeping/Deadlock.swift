/// Every green thread waits for another one, and none sleeps: virtual time cannot go on.
public struct Deadlock: Error, Sendable, CustomStringConvertible {
    /// When it came to that, in virtual time.
    public let instant: Duration
    /// One sentence for each kind of waiter and what it waits for, in the order in which the kinds began to wait.
    public let sentences: [String]

    /// How many waiters of a kind are named before the rest is only counted.
    private static let namedCountMaximum = 5

    /// - Parameter waits: Those of a kind one after the other, in the order in which the kinds are to be named.
    init(instant: Duration, waits: [Wait]) {
        self.instant = instant
        var groups: [(kind: WaitKind, numbers: [UInt64])] = []
        for wait in waits {
            if groups.last?.kind !== wait.kind { groups.append((wait.kind, [])) }
            groups[groups.count - 1].numbers.append(wait.number)
        }
        sentences = groups.map { Self.sentence($0.kind, $0.numbers) }
    }

    public var description: String {
        "virtual time stands still at \(instant): nothing sleeps, and all that is left waits for ever: "
            + sentences.joined(separator: "; ")
    }

    private static func sentence(_ kind: WaitKind, _ numbers: [UInt64]) -> String {
        guard numbers.count > 1 else { return "\(kind.waiter) \(numbers[0]) waits for \(kind.awaited)" }
        let named = numbers.prefix(namedCountMaximum).map { "\($0)" }.joined(separator: ", ")
        let rest = numbers.count - namedCountMaximum
        return "\(numbers.count) × \(kind.waiter) (\(named)\(rest > 0 ? " and \(rest) more" : "")) wait for "
            + "\(kind.awaited)"
    }
}
