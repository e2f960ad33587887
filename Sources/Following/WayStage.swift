import Pairing
import TraceModel

/// One stage of a followed request.
public struct WayStage: Sendable, Equatable {
    public let stage: Stage
    /// Nanoseconds of the trace's clock.
    public let start: Int64
    /// Nil where the trace holds no end of it.
    public let done: Int64?
    public let startThread: UInt32
    /// Nil where `done` is.
    public let doneThread: UInt32?

    public init(stage: Stage, start: Int64, done: Int64?, startThread: UInt32, doneThread: UInt32?) {
        self.stage = stage
        self.start = start
        self.done = done
        self.startThread = startThread
        self.doneThread = doneThread
    }

    /// How long it took, in nanoseconds; nil where it is open.
    public var elapsedNanoseconds: Int64? { done.map { RequestWay.elapsed(from: start, to: $0) } }

    /// Whether it ended on another OS thread than it started on.
    public var changesThread: Bool { doneThread.map { $0 != startThread } ?? false }

    /// The stages of one request, finished and open ones.
    ///
    /// - Parameter events: Of the request alone, in the order of time.
    static func stages(of events: [Event], writes: Writes) -> [WayStage] {
        guard let outline = TraceOutline(of: events) else { return [] }
        // A response begins when it was due, which is before its first event.
        let first = events.lazy.filter { $0.kind == .requestDue }.map(\.dueNanoseconds).min() ?? outline.first
        var pairer = RequestPairer(
            window: TraceWindow(start: min(first, outline.first), end: outline.last), writes: writes)
        var stages: [WayStage] = []
        for event in events {
            pairer.add(event) { span in
                guard span.stage != .think else { return }
                stages.append(
                    WayStage(
                        stage: span.stage, start: span.start, done: span.done, startThread: span.startThread,
                        doneThread: span.doneThread))
            }
        }
        pairer.forEachOpen { stage, _, opening in
            stages.append(
                WayStage(
                    stage: stage, start: opening.nanoseconds, done: nil, startThread: opening.thread, doneThread: nil))
        }
        return stages.sorted { ($0.start, $0.stage.place) < ($1.start, $1.stage.place) }
    }
}

extension Stage {
    /// Its place in `allCases`.
    fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
