// What is known of a request that is not finished. A stage is open while its mark is set, and its moment is that of
// its last start. `stage` is a constant at every call, so that the switches fold away once they are inlined.
//
// With its key it fits into 128 bytes, two lines of the cache: what is in flight does not fit into the nearest caches.

import TraceModel

/// One request, while it or its write is open.
struct RequestState: Sendable {
    /// When and where a stage started, and for which client.
    struct Moment: Sendable {
        var nanoseconds: Int64 = 0
        var thread: UInt32 = 0
        var client: UInt32 = 0
    }

    /// Where the request starts, its way to the network does, too.
    private var requestStart = Moment()
    private var queueWaitStart = Moment()
    private var persistStart = Moment()
    private var persistAsyncStart = Moment()
    private var returnStart = Moment()
    private var responseStart = Moment()
    private var lastDrawnDelay: Int64 = 0
    /// The durations of the request's finished parts since its start.
    private(set) var explainedNanoseconds: Int64 = 0
    /// The open stages, one bit each.
    private var marks: UInt8 = 0
    /// Whether the request had to wait for a permit; nil until that is known.
    private(set) var isBlocked: Bool?
    private var hasDrawnDelay = false
    private var isWriteOpen = false

    /// The delay that the write drew, in nanoseconds; nil until that is known.
    private var drawnDelay: Int64? { hasDrawnDelay ? lastDrawnDelay : nil }

    /// The request begins: nothing is known of it yet but its write's delay, where an earlier one of its identifier drew it.
    @inline(__always)
    mutating func begin() {
        isBlocked = nil
        explainedNanoseconds = 0
    }

    /// The request has asked for a permit.
    @inline(__always)
    mutating func note(isBlocked: Bool) { self.isBlocked = isBlocked }

    /// The request's write has drawn its delay.
    @inline(__always)
    mutating func note(drawnDelay: Int64) {
        hasDrawnDelay = true
        isWriteOpen = true
        lastDrawnDelay = drawnDelay
    }

    /// The delay of a write that has started and is not done; nil between two writes of one identifier.
    var delayOfOpenWrite: Int64? { isWriteOpen ? lastDrawnDelay : nil }

    /// The request's write is done.
    @inline(__always)
    mutating func noteWriteDone() { isWriteOpen = false }

    /// Whether nothing is open that a later event will close: the request, its response, its way back, and its write.
    var isFinished: Bool {
        let ended = Self.bit(.outboundNetwork) | Self.bit(.queueWait)
        return marks & ~ended == 0
    }

    /// The start of the stage, if it is open.
    @inline(__always)
    func mark(_ stage: Stage) -> Int64? {
        marks & Self.bit(stage) == 0 ? nil : moment(stage).nanoseconds
    }

    /// When and where the stage started, if it is open.
    func opening(_ stage: Stage) -> StageOpening? {
        guard mark(stage) != nil else { return nil }
        let moment = moment(stage)
        return StageOpening(nanoseconds: moment.nanoseconds, thread: moment.thread, client: moment.client)
    }

    /// Opens the stage; a mark that it had is overwritten.
    @inline(__always)
    mutating func open(_ stage: Stage, _ event: Event, _ ledger: inout StageLedger, _ window: TraceWindow) {
        let time = stage == .response ? event.dueNanoseconds : event.nanoseconds
        ledger.enterStart(at: time, overwriting: mark(stage), window)
        marks |= Self.bit(stage)
        let moment = Moment(nanoseconds: time, thread: event.thread, client: event.client)
        switch stage {
        case .request: requestStart = moment
        case .response: responseStart = moment
        case .outboundNetwork: break
        case .queueWait: queueWaitStart = moment
        case .persist: persistStart = moment
        case .persistAsync: persistAsyncStart = moment
        case .returnNetwork: returnStart = moment
        case .think: break
        }
    }

    /// Closes the stage, enters what that comes to, and puts the span down.
    ///
    /// - Returns: The stage's duration whether it counts or not, zero if it was not open; and whether it counts.
    @inline(__always) @discardableResult
    mutating func close(
        _ stage: Stage, _ event: Event, _ ledger: inout StageLedger, _ window: TraceWindow, _ pages: inout SpanPages
    ) -> (elapsed: Int64, counts: Bool) {
        let mark = mark(stage)
        let counts = ledger.enterDone(at: event.nanoseconds, mark: mark, window)
        guard let mark else { return (0, false) }
        // Only an event out of its order can end before the window what began in it: it does not end it.
        guard event.nanoseconds >= window.start || mark < window.start else { return (0, false) }
        forget(stage)
        let start = moment(stage)
        let hasDelay = stage == .persist || stage == .persistAsync
        let span = Span(
            stage: stage, request: event.request, doneRequest: event.request, client: start.client,
            start: mark, done: event.nanoseconds, startThread: start.thread, doneThread: event.thread,
            drawnDelay: hasDelay ? drawnDelay : nil, isBlocked: isBlocked, isInWindow: counts)
        if counts { ledger.enter(span) }
        pages.append(span)
        return (span.elapsedNanoseconds, counts)
    }

    /// Takes the stage's mark away.
    @inline(__always)
    mutating func forget(_ stage: Stage) { marks &= ~Self.bit(stage) }

    /// Closes a stage that is a part of the request, and adds it to what is explained of the request's duration.
    @inline(__always)
    mutating func closePart(
        _ stage: Stage, _ event: Event, _ ledger: inout StageLedger, _ window: TraceWindow, _ pages: inout SpanPages
    ) {
        explainedNanoseconds &+= close(stage, event, &ledger, window, &pages).elapsed
    }

    @inline(__always)
    private func moment(_ stage: Stage) -> Moment {
        switch stage {
        case .request: requestStart
        case .response: responseStart
        case .outboundNetwork: requestStart
        case .queueWait: queueWaitStart
        case .persist: persistStart
        case .persistAsync: persistAsyncStart
        case .returnNetwork: returnStart
        case .think: Moment()
        }
    }

    /// The stage's bit in the marks; none for think, which belongs to the client.
    @inline(__always)
    private static func bit(_ stage: Stage) -> UInt8 {
        switch stage {
        case .request: 1
        case .outboundNetwork: 2
        case .queueWait: 4
        case .persist: 8
        case .persistAsync: 16
        case .returnNetwork: 32
        case .response: 64
        case .think: 0
        }
    }
}
