import Experiments
import Pairing
import Statistics
import TraceModel

/// What one trace says under both pairings: the durations of every stage and what could not be paired.
public struct TraceMeasurement: Sendable {
    /// A set of durations of one trace.
    public struct Sample: Sendable, Hashable {
        public var stage: Stage
        public var subset: Metric.Subset
        public var pairing: PairingKey

        public init(_ stage: Stage, _ subset: Metric.Subset, _ pairing: PairingKey) {
            self.stage = stage
            self.subset = subset
            self.pairing = pairing
        }
    }

    public var window: TraceWindow
    public var byRequest: PairingOutcome
    public var byThread: PairingOutcome
    /// Durations in nanoseconds, ascending.
    public var durations: [Sample: [Int64]]
    /// For each write paired by request from `persist-async-start`, measured minus drawn, in nanoseconds, ascending.
    public var overshoot: [Int64]

    /// The outcome under a pairing.
    public func outcome(_ pairing: PairingKey) -> PairingOutcome {
        switch pairing {
        case .request: byRequest
        case .thread: byThread
        }
    }

    /// Reads the events twice: once for the window, once to pair them.
    ///
    /// - Parameters:
    ///   - events: In the order of time; the sequence must be one that can be walked twice.
    ///   - writes: Whether requests wait for their writes, where it is known; inferred from the events otherwise.
    /// - Returns: Nil for a trace without events.
    /// - Complexity: O(events · log events) for the sorting; memory for one number a span.
    public init?(events: some Sequence<Event>, writes: Writes?) {
        var windowFinder = WindowFinder()
        var writesFinder = WritesFinder()
        for event in events {
            windowFinder.add(event)
            writesFinder.add(event)
        }
        guard let window = windowFinder.finish() else { return nil }

        var byRequest = RequestPairer(window: window, writes: writes ?? writesFinder.finish() ?? .asynchronous)
        var byThread = ThreadPairer(window: window)
        var collector = DurationCollector()
        for event in events {
            byRequest.add(event) { collector.add($0, .request) }
            byThread.add(event) { collector.add($0, .thread) }
        }
        self.window = window
        self.byRequest = byRequest.finish()
        self.byThread = byThread.finish()
        durations = collector.durations.mapValues { $0.sorted() }
        overshoot = collector.overshoot.sorted()
    }
}

/// Sorts spans into samples as they come.
private struct DurationCollector {
    var durations: [TraceMeasurement.Sample: [Int64]] = [:]
    var overshoot: [Int64] = []

    mutating func add(_ span: Span, _ pairing: PairingKey) {
        let elapsed = span.elapsedNanoseconds
        durations[.init(span.stage, .all, pairing), default: []].append(elapsed)
        guard pairing == .request else { return }
        if let isBlocked = span.isBlocked, Self.isSplit(span.stage) {
            durations[.init(span.stage, isBlocked ? .blocked : .nonblocked, pairing), default: []].append(elapsed)
        }
        if span.stage == .persistAsync, let drawn = span.drawnDelay { overshoot.append(elapsed - drawn) }
    }

    /// The stages whose durations are also told apart by whether the request was blocked.
    static func isSplit(_ stage: Stage) -> Bool { stage == .request || stage == .queueWait }
}
