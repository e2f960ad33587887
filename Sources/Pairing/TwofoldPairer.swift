// Both pairings in one walk. What an event is cannot be foretold, so each question after its kind costs a branch that is
// predicted wrongly nearly every time; here it is asked once. And the delay that a write drew, which the pairing by thread must
// look up to tell how wrong it is, is known to the pairing by request at that moment. The rules are the two pairers' own.

import TraceModel

/// Pairs the same events by request and by thread.
public struct TwofoldPairer: ~Copyable {
    private var byRequest: RequestPairer
    private var byThread: ThreadPairer
    private let window: TraceWindow
    private var eventsWaiting = 0

    /// - Parameters:
    ///   - window: See ``RequestPairer/init(window:writes:)``, as for the writes.
    public init(window: TraceWindow, writes: Writes) {
        self.window = window
        byRequest = RequestPairer(window: window, writes: writes)
        byThread = ThreadPairer(window: window)
    }

    /// How many clients have made a request or received an answer up to the window's end.
    public var clientsSeen: Int { byRequest.clientsSeen }

    /// Whether spans must be handed out before the next event is taken.
    public var isFull: Bool { eventsWaiting == SpanPages.pageSize }

    /// Takes the next event; the spans that it completes wait until they are handed out.
    public mutating func add(_ event: Event) {
        precondition(!isFull, "the spans of \(eventsWaiting) events wait to be handed out")
        // An event completes one span of a stage at most.
        eventsWaiting &+= 1
        guard event.nanoseconds <= window.lastInstant || event.kind == .measurementEnd else {
            byRequest.addAfterWindow(event)
            return byThread.addAfterWindow(event)
        }
        let isInside = event.nanoseconds >= window.start
        if isInside {
            byRequest.count(event)
            byThread.count(event)
        }
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

    /// Hands out the spans that wait, those by request and then those by thread, a stage at a time; those of a stage
    /// in the order in which they came.
    public mutating func handOut(_ take: (PairingKey, Stage, UnsafeBufferPointer<Span>) -> Void) {
        byRequest.handOut { take(.request, $0, $1) }
        byThread.handOut { take(.thread, $0, $1) }
        eventsWaiting = 0
    }

    /// Closes the books of both at the window's end. Call it once, after the last event,
    /// when all spans are handed out.
    public consuming func finish() -> (byRequest: PairingOutcome, byThread: PairingOutcome) {
        (byRequest.finish(), byThread.finish())
    }
}
