// Two passes, whatever the length of the trace. The first pairs the requests and keeps the longest durations of one stage, and,
// where the limit is a percentile, a bounded sample of all of them; the second keeps the events of the requests that were
// chosen. A request that is asked for by its identifier needs the second alone.
//
// Chosen is among what the summary counts: the durations in the measured window, and what was open when it closed, at the age
// that it then had.

import Pairing
import Statistics
import TraceModel

/// Finds the requests of a trace that are asked for, and follows them.
public struct WayFinder: Sendable {
    /// Which requests are asked for.
    public enum Choice: Sendable, Equatable {
        /// All uses of an identifier.
        case request(UInt64)
        /// Those with the longest duration of the stage, 1…``SlowestSpans/countMaximum``.
        case slowest(Int)
        /// Those whose stage took longer; the longest of them are followed.
        case above(Threshold, atMost: Int)
    }

    /// What was found.
    public struct Selection: Sendable, Equatable {
        /// The longest first; uses of one identifier in the order of time.
        public var ways: [RequestWay]
        /// How many pass the threshold, open ones among them; nil where none was given.
        public var countAbove: Int?
        /// The limit in nanoseconds; nil where none was given.
        public var limitNanoseconds: Double?
        /// The durations that were chosen from, finished and open; nil where a request was asked for by its identifier.
        public var chosenFrom: Int?
        /// Uses of the identifier that there was no room for.
        public var usesLeftOut: Int
        /// How many of what was chosen from were open when the window closed, where events of the trace are missing: some may be
        /// open for that alone. Nil in a whole trace.
        public var openInIncomplete: Int?
    }

    /// The stages that a request can be chosen by.
    public static let stages = Stage.allCases.filter { $0 != .think }

    private let outline: TraceOutline
    private let window: TraceWindow
    private let writes: Writes
    private let traceIsIncomplete: Bool

    /// - Parameters:
    ///   - outline: Of the whole trace.
    ///   - writes: Whether requests wait for their writes.
    ///   - traceIsIncomplete: Whether events of the trace are missing, because it is damaged or they were dropped.
    public init(outline: TraceOutline, writes: Writes, traceIsIncomplete: Bool = false) {
        self.traceIsIncomplete = traceIsIncomplete
        self.outline = outline
        self.window = TraceWindow(of: outline)
        self.writes = writes
    }

    /// Finds and follows requests.
    ///
    /// - Parameters:
    ///   - stage: What decides who is slowest or above; of no matter where the request is named.
    ///   - events: In the order of time; they are walked up to three times.
    /// - Throws: ``FollowingError`` where there is nothing that was asked for.
    public func selection(
        _ choice: Choice, stage: Stage, in events: some Sequence<Event>
    ) throws(FollowingError) -> Selection {
        guard stage != .think else {
            throw .notOfARequest(stage: stage.rawValue, others: Self.stages.map(\.rawValue))
        }
        switch choice {
        case .request(let request):
            let found = follow([.init(request: request)], in: events)
            guard !found.ways.isEmpty else {
                throw .unknownRequest(request, inventory: TraceInventory(of: events))
            }
            return Selection(ways: found.ways, usesLeftOut: found.usesLeftOut)
        case .slowest(let count):
            let look = Look(limit: count, stage: stage, window: window, writes: writes, events: events)
            guard look.count > 0 else { throw .noSpans(stage: stage.rawValue, inventory: TraceInventory(of: events)) }
            let found = follow(look.slowest.entries.map(\.target), in: events)
            return Selection(
                ways: found.ways, chosenFrom: look.count, usesLeftOut: found.usesLeftOut,
                openInIncomplete: traceIsIncomplete ? look.openCount : nil)
        case .above(let threshold, let count):
            return try above(threshold, atMost: count, stage, in: events)
        }
    }

    private func above(
        _ threshold: Threshold, atMost count: Int, _ stage: Stage, in events: some Sequence<Event>
    ) throws(FollowingError) -> Selection {
        let look = Look(limit: count, stage: stage, window: window, writes: writes, events: events)
        guard look.count > 0 else { throw .noSpans(stage: stage.rawValue, inventory: TraceInventory(of: events)) }
        let limit = try threshold.nanoseconds(of: look.finished, stage: stage.rawValue)
        let chosen = look.slowest.entries.filter { Double($0.elapsedNanoseconds) > limit }
        guard !chosen.isEmpty else {
            throw .noneAbove(
                stage: stage.rawValue, threshold: threshold.text,
                longestNanoseconds: look.slowest.entries[0].elapsedNanoseconds, count: look.count)
        }
        // From buckets the count would be off by those next to the limit, so that they are counted again, one by one.
        let countAbove =
            chosen.count < look.slowest.entries.count
            ? chosen.count
            : Look(limit: 1, stage: stage, window: window, writes: writes, above: limit, events: events).countAbove
        let found = follow(chosen.map(\.target), in: events)
        return Selection(
            ways: found.ways, countAbove: countAbove, limitNanoseconds: limit, chosenFrom: look.count,
            usesLeftOut: found.usesLeftOut, openInIncomplete: traceIsIncomplete ? look.openCount : nil)
    }

    private func follow(
        _ targets: [RequestFollower.Target], in events: some Sequence<Event>
    ) -> RequestFollower.Found {
        var follower = RequestFollower(targets)
        for event in events { follower.add(event) }
        return follower.finish(writes: writes, traceEnd: outline.last, traceIsIncomplete: traceIsIncomplete)
    }

    /// The requests whose stage took longer than the threshold, for a filter of events.
    ///
    /// - Throws: ``FollowingError`` where there are none, or more than ``requestsMaximum``.
    public func requests(
        above threshold: Threshold, stage: Stage, in events: some Sequence<Event>
    ) throws(FollowingError) -> Set<UInt64> {
        guard stage != .think else {
            throw .notOfARequest(stage: stage.rawValue, others: Self.stages.map(\.rawValue))
        }
        let look = Look(limit: 1, stage: stage, window: window, writes: writes, events: events)
        guard look.count > 0 else { throw .noSpans(stage: stage.rawValue, inventory: TraceInventory(of: events)) }
        let limit = try threshold.nanoseconds(of: look.finished, stage: stage.rawValue)
        let again = Look(limit: 1, stage: stage, window: window, writes: writes, above: limit, events: events)
        guard !again.requestsAbove.isEmpty else {
            throw .noneAbove(
                stage: stage.rawValue, threshold: threshold.text,
                longestNanoseconds: look.slowest.entries[0].elapsedNanoseconds, count: look.count)
        }
        guard again.requestsAbove.count <= Self.requestsMaximum else {
            throw .tooMany(stage: stage.rawValue, threshold: threshold.text, limit: Self.requestsMaximum)
        }
        return again.requestsAbove
    }

    /// A filter by duration keeps at most so many identifiers, some 16 MB.
    public static let requestsMaximum = 1_000_000
}

/// One pass that pairs, and what it found of one stage.
private struct Look {
    private(set) var slowest: SlowestSpans
    private(set) var finished = DurationSample()
    /// Open ones that began in the window.
    private(set) var openCount = 0
    private(set) var countAbove = 0
    /// Of those above the limit; at most one more than ``WayFinder/requestsMaximum``.
    private(set) var requestsAbove: Set<UInt64> = []
    private let limitNanoseconds: Double?

    var count: Int { finished.count + openCount }

    init(
        limit: Int, stage: Stage, window: TraceWindow, writes: Writes, above limitNanoseconds: Double? = nil,
        events: some Sequence<Event>
    ) {
        slowest = SlowestSpans(limit: limit)
        self.limitNanoseconds = limitNanoseconds
        var pairer = RequestPairer(window: window, writes: writes)
        for event in events {
            pairer.add(event) { span in
                guard span.stage == stage, span.isInWindow else { return }
                finished.add(span.elapsedNanoseconds)
                take(.init(request: span.request, start: span.start, elapsedNanoseconds: span.elapsedNanoseconds))
            }
        }
        pairer.forEachOpen { open, request, opening in
            guard open == stage, opening.nanoseconds >= window.start, opening.nanoseconds <= window.end else { return }
            openCount += 1
            take(
                .init(
                    request: request, start: opening.nanoseconds,
                    elapsedNanoseconds: RequestWay.elapsed(from: opening.nanoseconds, to: window.end), isOpen: true))
        }
        finished.settle()
    }

    private mutating func take(_ entry: SlowestSpans.Entry) {
        slowest.add(entry)
        guard let limitNanoseconds, Double(entry.elapsedNanoseconds) > limitNanoseconds else { return }
        countAbove += 1
        if requestsAbove.count <= WayFinder.requestsMaximum { requestsAbove.insert(entry.request) }
    }
}

extension SlowestSpans.Entry {
    /// What is followed to find its way.
    public var target: RequestFollower.Target { .init(request: request, instant: start) }
}
