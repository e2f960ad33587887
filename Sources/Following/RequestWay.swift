// A way is what happened to one request, in the order of time, wherever it ran: that is the answer to the log's question of
// how to follow a request into its child green threads. The identifier is followed, not the thread.
//
// Stages are paired from the way's own events by `RequestPairer`, so that a followed request can never say anything else
// than the summary that it is a part of: the first done behind a start ends it, and what became of the answer and of the write is
// what became of their stages. A further done has no start, and is counted. What is open when the trace ends is a stage without a
// done, and never left out.

import Pairing
import TraceModel

/// One request's whole way: its events, its stages, and what of it was never seen to end.
public struct RequestWay: Sendable, Equatable {
    public let request: UInt64
    /// The client of its first event.
    public let client: UInt32
    /// Which use of the identifier this is, from 1.
    public let use: Int
    /// How often the identifier was used in the whole trace.
    public let useCount: Int
    /// Whether an earlier use of the identifier was still open when this one began: its events may be mixed with these.
    public let beganBeforeLastEnded: Bool
    /// Whether the identifier was used again before this use had ended: its end may be among the events of the next one.
    public let isCutShort: Bool
    /// In the order of time, at least one; at most ``RequestFollower/eventsMaximum``.
    public let events: [Event]
    /// Events that were left out because the request has more than ``RequestFollower/eventsMaximum``.
    public let eventsLeftOut: Int
    /// In the order of their starts; where those are equal in the order of ``Stage``.
    public let stages: [WayStage]
    /// The time of the trace's last event.
    public let traceEnd: Int64
    /// Whether events of the trace are missing, so that the end of what is open may be among them.
    public let traceIsIncomplete: Bool

    init(
        _ use: IdentifierUse, number: Int, of useCount: Int, writes: Writes, traceEnd: Int64, traceIsIncomplete: Bool
    ) {
        precondition(!use.events.isEmpty, "a way of request \(use.request) without events")
        request = use.request
        client = use.events[0].client
        self.use = number
        self.useCount = useCount
        beganBeforeLastEnded = use.beganBeforeLastEnded
        isCutShort = use.isCutShort
        events = use.events
        eventsLeftOut = use.eventsLeftOut
        stages = WayStage.stages(of: use.events, writes: writes)
        self.traceEnd = traceEnd
        self.traceIsIncomplete = traceIsIncomplete
    }

    /// The instant that times are counted from: that of the first event.
    public var start: Int64 { events[0].nanoseconds }

    /// Where each event stands on the way.
    public var steps: [WayStep] {
        events.indices.map { index in
            let event = events[index]
            let last = index == 0 ? nil : events[index - 1]
            return WayStep(
                event: event, sinceStart: Self.elapsed(from: start, to: event.nanoseconds),
                sinceLast: last.map { Self.elapsed(from: $0.nanoseconds, to: event.nanoseconds) },
                changesThread: last.map { $0.thread != event.thread } ?? false,
                changesCPU: last.map { $0.cpu != event.cpu } ?? false)
        }
    }

    /// How often two events after each other happened on different OS threads.
    public var threadChanges: Int { steps.count(where: \.changesThread) }

    /// What became of the answer.
    public var answer: WayEnd { end(of: .request, by: .requestDone) }

    /// What became of the write.
    public var write: WayEnd { end(of: .persist, by: .persistDone) }

    /// Answers and ends of writes beyond those of ``answer`` and ``write``: repeated, or of another use of the identifier.
    public var furtherDones: Int {
        [(Stage.request, EventKind.requestDone), (.persist, .persistDone)].reduce(0) { count, pair in
            let dones = events.count { $0.kind == pair.1 }
            let found = stages.filter { $0.stage == pair.0 }
            let own = found.isEmpty ? min(1, dones) : found.count { $0.done != nil }
            return count + max(0, dones - own)
        }
    }

    /// Whether something of it may be among the events that are missing: it has no start, or something of it is open.
    public var isHitByGaps: Bool {
        let isWhole = stages.contains { $0.stage == .request } && stages.allSatisfy { $0.done != nil }
        return traceIsIncomplete && !isCutShort && !isWhole
    }

    /// By how many nanoseconds the write outlived its request; of a write that is still open what is seen of it. Nil where
    /// it did not, where the request had no answer, or where another use of its identifier hides the end.
    public var writeOutlivesRequestBy: Int64? {
        guard case .done(let answered) = answer else { return nil }
        switch write {
        case .done(let written): return written > answered ? Self.elapsed(from: answered, to: written) : nil
        case .open where isCutShort: return nil
        case .open: return max(0, Self.elapsed(from: answered, to: traceEnd))
        case .notSeen: return nil
        }
    }

    /// As the stage says; where its start is not in the trace, as the first of its dones does.
    private func end(of stage: Stage, by done: EventKind) -> WayEnd {
        if let found = stages.first(where: { $0.stage == stage }) { return found.done.map(WayEnd.done) ?? .open }
        return events.first { $0.kind == done }.map { .done($0.nanoseconds) } ?? .notSeen
    }

    /// The nanoseconds between two instants; those of a damaged trace that lie too far apart for 64 bits become the ends
    /// of the range.
    public static func elapsed(from earlier: Int64, to later: Int64) -> Int64 {
        Int64(clamping: Int128(later) - Int128(earlier))
    }
}

/// How a part of a request's way ended.
public enum WayEnd: Sendable, Equatable {
    /// At this time of the trace's clock.
    case done(Int64)
    /// It began, and the trace holds no end of it.
    case open
    /// The trace holds neither.
    case notSeen
}

/// One event of a way, and how it follows the one before it.
public struct WayStep: Sendable, Equatable {
    public let event: Event
    /// Nanoseconds since the way's first event.
    public let sinceStart: Int64
    /// Nanoseconds since the event before it; nil for the first.
    public let sinceLast: Int64?
    /// Whether the event before it happened on another OS thread.
    public let changesThread: Bool
    /// Whether the event before it happened on another CPU.
    public let changesCPU: Bool
}
