import Auditing
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
    /// For each write paired by request from `persist-start`, measured minus drawn, in nanoseconds, ascending.
    public var overshoot: [Int64]
    /// By request, the mean of each stage in each half of the window, where both halves have spans.
    public var halves: [HalvesEvidence]

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
        var collector = DurationCollector(middle: window.start + (window.end - window.start) / 2)
        for event in events {
            byRequest.add(event) { collector.add($0, .request) }
            byThread.add(event) { collector.add($0, .thread) }
        }
        self.window = window
        self.byRequest = byRequest.finish()
        self.byThread = byThread.finish()
        durations = collector.durations.mapValues { $0.sorted() }
        overshoot = collector.overshoot.sorted()
        halves = collector.halves()
    }
}

/// Sorts spans into samples as they come.
private struct DurationCollector {
    /// Sum and number of durations.
    private struct Sum {
        var nanoseconds: Int128 = 0
        var count = 0

        mutating func add(_ elapsed: Int64) {
            nanoseconds += Int128(elapsed)
            count += 1
        }

        var mean: Double? { count == 0 ? nil : Double(nanoseconds) / Double(count) }
    }

    /// The middle of the window: a span belongs to the half in which it is done.
    let middle: Int64
    var durations: [TraceMeasurement.Sample: [Int64]] = [:]
    var overshoot: [Int64] = []
    private var sums: [Stage: (first: Sum, second: Sum)] = [:]

    init(middle: Int64) { self.middle = middle }

    mutating func add(_ span: Span, _ pairing: PairingKey) {
        let elapsed = span.elapsedNanoseconds
        durations[.init(span.stage, .all, pairing), default: []].append(elapsed)
        guard pairing == .request else { return }
        if let isBlocked = span.isBlocked, span.stage.isSplitByBlocking {
            durations[.init(span.stage, isBlocked ? .blocked : .nonblocked, pairing), default: []].append(elapsed)
        }
        if span.stage == .persist, let drawn = span.drawnDelay { overshoot.append(elapsed - drawn) }
        if span.done < middle {
            sums[span.stage, default: (Sum(), Sum())].first.add(elapsed)
        } else {
            sums[span.stage, default: (Sum(), Sum())].second.add(elapsed)
        }
    }

    func halves() -> [HalvesEvidence] {
        Stage.allCases.compactMap { stage in
            guard let (first, second) = sums[stage], let before = first.mean, let after = second.mean else {
                return nil
            }
            return HalvesEvidence(stage: stage, firstMean: before, secondMean: after)
        }
    }
}

extension Stage {
    /// Whether the stage's durations are also told apart, by request, by whether the request was blocked.
    var isSplitByBlocking: Bool { self == .request || self == .queueWait }
}
