// Both pairings in one walk. What an event is cannot be foretold, so each question after its kind costs a branch that is
// predicted wrongly nearly every time; here it is asked once. And the delay that a write drew, which the pairing by thread must
// look up to tell how wrong it is, is known to the pairing by request at that moment. The rules are the two pairers' own.

import TraceModel

/// Pairs the same events by request and by thread.
public struct TwofoldPairer: ~Copyable {
    private var byRequest: RequestPairer
    private var byThread: ThreadPairer
    private var tally = EventTally()
    private let window: TraceWindow

    /// - Parameters:
    ///   - window: See ``RequestPairer/init(window:writes:)``, as for the writes.
    public init(window: TraceWindow, writes: Writes) {
        self.window = window
        byRequest = RequestPairer(window: window, writes: writes)
        byThread = ThreadPairer(window: window)
    }

    /// How many clients have made a request or received an answer up to the window's end.
    public var clientsSeen: Int { byRequest.clientsSeen }

    /// Takes the next events and hands out the spans that they complete, as ``SpanPairer/add(_:_:)`` does, but some hundred at
    /// once: first those by request, then those by thread, a stage at a time, and those of a stage in the order in which
    /// they came.
    public mutating func add(
        _ events: UnsafeBufferPointer<Event>, _ take: (PairingKey, Stage, UnsafeBufferPointer<Span>) -> Void
    ) {
        var next = 0
        while next < events.count {
            // An event completes one span of a stage at most.
            let end = min(next + SpanPages.pageSize, events.count)
            while next < end {
                add(events[next])
                next &+= 1
            }
            byRequest.handOut { take(.request, $0, $1) }
            byThread.handOut { take(.thread, $0, $1) }
        }
    }

    @inline(__always)
    private mutating func add(_ event: Event) {
        guard event.nanoseconds <= window.lastInstant || event.kind == .measurementEnd else {
            byRequest.addAfterWindow(event)
            return byThread.addAfterWindow(event)
        }
        tally.count(event, window)
        let isInside = event.nanoseconds >= window.start
        switch event.kind {
        case .requestStart:
            byRequest.requestStarted(event)
            if isInside { byThread.requestStarted(event) }
        case .requestBlock: byRequest.permitAsked(event, isBlocked: true)
        case .requestNonblock: byRequest.permitAsked(event, isBlocked: false)
        case .persistStart:
            byRequest.persistStarted(event)
            if isInside { byThread.persistStarted(event) }
        case .persistAsyncStart:
            let drawn = byRequest.persistAsyncStarted(event)
            if isInside { byThread.persistAsyncStarted(event, drawnDelay: drawn) }
        case .persistDone:
            byRequest.persistDone(event)
            if isInside { byThread.persistDone(event) }
        case .requestDone:
            byRequest.requestDone(event)
            if isInside { byThread.requestDone(event) }
        case .requestDue:
            byRequest.requestDue(event)
            byThread.noteDue(event)
            if isInside { byThread.requestDue(event) }
        case .measurementStart, .measurementEnd: break
        }
    }

    /// Closes the books of both at the window's end. Call it once, after the last event.
    public consuming func finish() -> (byRequest: PairingOutcome, byThread: PairingOutcome) {
        let tally = tally
        return (byRequest.finish(tally), byThread.finish(tally))
    }
}
