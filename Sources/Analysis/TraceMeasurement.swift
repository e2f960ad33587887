import Auditing
import Experiments
import Following
import Pairing
import Statistics
import TraceModel

/// What one trace says under both pairings: the durations of every stage and what could not be paired.
///
/// Memory follows what is in flight, not the length of the trace: see ``DurationSample``.
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

    /// The ends, markers and counts of the whole trace.
    public var outline: TraceOutline
    public var window: TraceWindow
    public var byRequest: PairingOutcome
    public var byThread: PairingOutcome
    /// Durations of the spans in the window; no entry is empty.
    public var durations: [Sample: DurationSample]
    /// Of each write paired by request from `persist-start`, measured minus drawn.
    public var overshoot: DurationSample
    /// By request, the mean of each stage in each half of the window, where both halves have spans.
    public var halves: [HalvesEvidence]
    /// By request, the durations of request, response and persist in the order in which they were done, since the beginning
    /// of the trace: those of the warm-up and those that reach into the window are among them. No entry is empty.
    public var series: [Stage: BatchSeries]
    /// By request, the durations of request, response and persist that are left in the window when the warm-up is taken to
    /// be twice as long; no entry is empty. Nil where there was no warm-up, or where less than a quarter of the window would
    /// be left.
    public var afterDoubledCut: [Stage: DurationSample]?
    /// Where the window would begin if the warm-up were twice as long; nil where ``afterDoubledCut`` is.
    var doubledCut: Int64? { SpanCollector.doubledCut(window, outline.first) }
    /// Whether requests wait for their writes, as it was taken to be.
    public var writes: Writes
    /// By request, the requests that took longest in the window.
    public var slowest: SlowestSpans
    /// How many clients have made a request or received an answer up to the window's end.
    public var clientsSeen: Int

    /// The outcome under a pairing.
    public func outcome(_ pairing: PairingKey) -> PairingOutcome {
        switch pairing {
        case .request: byRequest
        case .thread: byThread
        }
    }

    /// Pairs the events of a trace.
    ///
    /// - Parameter writes: Whether requests wait for their writes, where it is known; inferred from the first 20 000 writes
    ///   otherwise.
    /// - Returns: Nil for a trace without events.
    /// - Complexity: O(events) for a given number of streams.
    public init?(of reader: TraceReader, writes: Writes?) {
        guard let outline = reader.outline else { return nil }
        self.init(outline: outline, writes: writes ?? WritesFinder.writes(of: reader.events)) { take in
            var events = reader.events.makeIterator()
            while events.withNextBatch(take) {}
        }
    }

    /// Pairs events that are not in a file.
    ///
    /// - Parameters:
    ///   - events: In the order of time.
    ///   - writes: Whether requests wait for their writes, where it is known; inferred from the first 20 000 writes
    ///     otherwise.
    /// - Returns: Nil where there are no events.
    public init?(events: [Event], writes: Writes?) {
        guard let outline = TraceOutline(of: events) else { return nil }
        self.init(outline: outline, writes: writes ?? WritesFinder.writes(of: events)) { take in
            events.withUnsafeBufferPointer(take)
        }
    }

    /// - Parameter walk: Calls its argument with all events in the order of time, any number at once.
    private init(
        outline: TraceOutline, writes: Writes?, _ walk: ((UnsafeBufferPointer<Event>) -> Void) -> Void
    ) {
        let window = TraceWindow(of: outline)
        let writes = writes ?? .asynchronous
        var pairer = TwofoldPairer(window: window, writes: writes)
        var collector = SpanCollector(window: window, firstNanoseconds: outline.first)
        walk { events in
            pairer.add(events) { collector.add($2, of: $1, by: $0) }
        }
        let collected = collector.finish()
        self.outline = outline
        self.window = window
        self.writes = writes
        slowest = collected.slowest
        clientsSeen = pairer.clientsSeen
        (byRequest, byThread) = pairer.finish()
        durations = collected.durations
        overshoot = collected.overshoot
        halves = collected.halves
        series = collected.series
        afterDoubledCut = collected.afterDoubledCut
    }
}
