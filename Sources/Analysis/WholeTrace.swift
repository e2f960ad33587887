import Archiving
import Pairing
import TraceModel

/// What a trace says of all that an outside observer can have seen: every event with a probe, from the first to the last, warm-up
/// and what follows the window included, because a tracer knows of no window.
struct WholeTrace: Sendable, Equatable {
    /// What pairing came to under one key.
    struct Pairs: Sendable, Equatable {
        /// By the names that the scripts give them: `request`, `persist` and, by request, `request.blocked` and
        /// `request.nonblocked`.
        var times: [String: TracerOutput.Times] = [:]
        var overwrittenStarts: [String: Int] = [:]
        var unmatchedDones: [String: Int] = [:]
    }

    /// By the names of the kinds; markers have no probe and are not counted, kinds that did not occur are left out.
    var events: [String: Int]
    var byRequest = Pairs()
    var byThread = Pairs()

    /// The names of the durations that the scripts keep, by pairing.
    static func names(_ pairing: PairingKey) -> [String] {
        pairing == .request
            ? ["request", "request.blocked", "request.nonblocked", "persist"] : ["request", "persist"]
    }

    func pairs(_ pairing: PairingKey) -> Pairs { pairing == .request ? byRequest : byThread }

    /// Pairs all of a trace's events.
    ///
    /// - Parameters:
    ///   - events: In the order of time; can be walked again and again.
    ///   - writes: Whether requests wait for their writes, where it is known; of the stages kept here it changes none.
    init(events: some Sequence<Event>, outline: TraceOutline, writes: Writes?) {
        self.events = [:]
        for (kind, count) in outline.eventCounts where count > 0 && kind.rawValue < EventKind.measurementStart.rawValue
        {
            self.events[kind.name] = count
        }
        // Without markers: everything is inside.
        let window = TraceWindow(start: outline.first, end: outline.last)
        var requestPairer = RequestPairer(window: window, writes: writes ?? .asynchronous)
        var threadPairer = ThreadPairer(window: window)
        var (byRequest, byThread) = (Pairs(), Pairs())
        for event in events {
            requestPairer.add(event) { byRequest.add($0, splits: true) }
            threadPairer.add(event) { byThread.add($0, splits: false) }
        }
        byRequest.add(requestPairer.finish())
        byThread.add(threadPairer.finish())
        (self.byRequest, self.byThread) = (byRequest, byThread)
    }
}

extension WholeTrace.Pairs {
    private static let stages: [Stage] = [.request, .persist]

    mutating func add(_ span: Span, splits: Bool) {
        guard Self.stages.contains(span.stage) else { return }
        add(span.elapsedNanoseconds, to: span.stage.rawValue)
        guard splits, span.stage == .request, let isBlocked = span.isBlocked else { return }
        add(span.elapsedNanoseconds, to: isBlocked ? "request.blocked" : "request.nonblocked")
    }

    private mutating func add(_ elapsed: Int64, to name: String) {
        var found = times[name] ?? TracerOutput.Times(count: 0, totalNanoseconds: 0)
        found.count += 1
        // A damaged trace may say anything.
        found.totalNanoseconds &+= elapsed
        times[name] = found
    }

    mutating func add(_ outcome: PairingOutcome) {
        for stage in Self.stages {
            guard let counts = outcome.stages[stage]?.counts else { continue }
            if counts.overwrittenStarts > 0 { overwrittenStarts[stage.rawValue] = counts.overwrittenStarts }
            if counts.unmatchedDones > 0 { unmatchedDones[stage.rawValue] = counts.unmatchedDones }
        }
    }
}
