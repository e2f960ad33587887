// What a trace holds, in the words of somebody who has asked it for something that is not there.

import Quantities
import TraceModel

/// Which kinds, requests, clients and threads a trace holds, in bounded memory.
public struct TraceInventory: Sendable, Equatable {
    /// So many threads are named.
    static let threadsNamed = 8

    /// Events for every kind that occurs, in the order of ``EventKind``.
    public var kinds: [(kind: EventKind, count: Int)] {
        EventKind.allCases.compactMap { kind in counts[kind].map { (kind, $0) } }
    }

    private var counts: [EventKind: Int] = [:]
    private var requests: ClosedRange<UInt64>?
    private var clients: ClosedRange<UInt32>?
    private var times: ClosedRange<Int64>?
    /// The first ones seen, one more than are named.
    private var threads: [UInt32] = []

    /// Walks through the events.
    public init(of events: some Sequence<Event>) {
        for event in events { add(event) }
    }

    private mutating func add(_ event: Event) {
        counts[event.kind, default: 0] += 1
        times = Self.extended(times, event.nanoseconds)
        if threads.count <= Self.threadsNamed, !threads.contains(event.thread) { threads.append(event.thread) }
        guard event.kind != .measurementStart, event.kind != .measurementEnd else { return }
        requests = Self.extended(requests, event.request)
        clients = Self.extended(clients, event.client)
    }

    private static func extended<Bound>(_ range: ClosedRange<Bound>?, _ value: Bound) -> ClosedRange<Bound> {
        guard let range else { return value...value }
        return min(range.lowerBound, value)...max(range.upperBound, value)
    }

    /// As in `the trace holds requests 1 to 472 of clients 0 to 14`.
    var requestsSentence: String {
        guard let requests, let clients else { return "the trace holds no requests, only \(kindsText)" }
        return "the trace holds \(Self.text("request", requests)) of \(Self.text("client", clients))"
    }

    /// As in `request-start (472), request-done (470)`.
    var kindsText: String {
        kinds.isEmpty ? "no events" : kinds.map { "\($0.kind.name) (\($0.count))" }.joined(separator: ", ")
    }

    /// All of it, as in `3312 events in 5.001 s on threads 4711, 4712: request-start (472), …; requests 1 to 472 of clients 0 to 14`.
    public var sentence: String {
        guard let times else { return "it holds no events" }
        let count = counts.values.reduce(0, +)
        let elapsed = Scale.seconds.text(
            nanoseconds: Double(times.upperBound) - Double(times.lowerBound), decimals: 6)
        let named = threads.prefix(Self.threadsNamed).map(String.init).joined(separator: ", ")
        let more = threads.count > Self.threadsNamed ? " and more" : ""
        let who = requests == nil ? "" : "; \(requestsSentence)"
        return
            "it holds \(count) event\(count == 1 ? "" : "s") in \(elapsed) on \(threads.count == 1 ? "thread" : "threads") "
            + "\(named)\(more): \(kindsText)\(who)"
    }

    private static func text<Bound>(_ noun: String, _ range: ClosedRange<Bound>) -> String {
        range.lowerBound == range.upperBound
            ? "\(noun) \(range.lowerBound)" : "\(noun)s \(range.lowerBound) to \(range.upperBound)"
    }
}
