import Timekeeping
import TraceModel

/// What was counted between the two markers of a run.
public struct WindowOutcome: Sendable, Equatable {
    public var counts: EventCounts
    /// Requests that had been made and not answered when the window closed, whenever they were made.
    public var requestsOpen: Int
    /// Requests of an open loop that were due when the window closed and that no client was free to make.
    public var requestsOverdue: Int
    /// The length of the window as it was, on the runtime's clock.
    public var elapsed: Duration

    public init(counts: EventCounts, requestsOpen: Int, requestsOverdue: Int, elapsed: Duration) {
        self.counts = counts
        self.requestsOpen = requestsOpen
        self.requestsOverdue = requestsOverdue
        self.elapsed = elapsed
    }
}

/// Whoever wants to look at the process when the window opens and when it closes.
public struct WindowObserver: Sendable {
    /// Called just before the first marker is recorded.
    public var willOpen: @Sendable () -> Void
    /// Called just after the second marker was recorded.
    public var didClose: @Sendable () -> Void

    public init(
        willOpen: @escaping @Sendable () -> Void = {}, didClose: @escaping @Sendable () -> Void = {}
    ) {
        self.willOpen = willOpen
        self.didClose = didClose
    }
}

/// The measured part of a run: opens once, closes once, and not the other way round.
final class Window<Runtime: ConcurrencyRuntime>: Sendable {
    private enum Phase {
        case ahead
        case open(since: Duration, before: EventCounts)
        case closed(WindowOutcome?)
    }

    private let phase = Guarded(Phase.ahead)
    private let runtime: Runtime
    private let tally: Tally
    private let observer: WindowObserver

    init(runtime: Runtime, tally: Tally, observer: WindowObserver) {
        self.runtime = runtime
        self.tally = tally
        self.observer = observer
    }

    /// Records the first marker, unless the run has been ended before.
    func open() {
        phase.withLock { phase in
            guard case .ahead = phase else { return }
            observer.willOpen()
            let before = tally.counts
            tally.record(marker: .measurementStart)
            phase = .open(since: runtime.now, before: before)
        }
    }

    /// Records the second marker, if the first one was.
    ///
    /// - Parameter recordOverdue: Records the requests that were due by then and have not been made, behind the marker: what
    ///   is recorded now is no part of the measured time. Returns how many.
    func close(recordingOverdue recordOverdue: (_ end: Duration) -> Int) {
        phase.withLock { phase in
            guard case .open(let start, let before) = phase else {
                if case .ahead = phase { phase = .closed(nil) }
                return
            }
            let end = runtime.now
            tally.record(marker: .measurementEnd)
            let counts = tally.counts
            observer.didClose()
            phase = .closed(
                WindowOutcome(
                    counts: counts - before, requestsOpen: counts.requestsStarted - counts.requestsDone,
                    requestsOverdue: recordOverdue(end), elapsed: end - start))
        }
    }

    /// What was counted; nil if the window never opened, or is still open.
    var outcome: WindowOutcome? {
        phase.withLock { phase in
            guard case .closed(let outcome) = phase else { return nil }
            return outcome
        }
    }
}
