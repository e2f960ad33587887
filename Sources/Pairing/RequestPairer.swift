// Pairs by the identifier that both events carry, which is right wherever the work ran.
//
// A request lives in one table entry from its first event until neither it nor its write is open, so memory follows
// what is in flight. What came before the window is followed, but not counted, so that a done whose start lies there is
// told apart from a done without a start. A start whose request ended without the stage's done stays open in the books.
//
// A response is a stage that began before its first event was recorded: what decides is the instant at which the request
// was due. So a request that was due in the window and taken up after it is open when the window closes, and the events
// behind the window are followed for that, and for nothing else.
//
// Spans that ended before the window or reach into it are handed out, marked as such, because a warm-up is judged by all
// that was done since the beginning; the books know only those of the window.
//
// Cost: one look-up an event, two where a think time ends or begins; no allocation but for growth of the tables.

import TraceModel

/// Pairs starts with dones by request identifier: all stages, `response` only where the trace has a `request-due`. In such
/// a trace a `request-done` without one is a done without a start.
///
/// An identifier may be used again once its request and its write are done. A start of an identifier that is still open
/// overwrites, as by thread, and is counted.
public struct RequestPairer: ~Copyable, SpanPairer {
    let window: TraceWindow
    private let writes: Writes
    private var states = KeyedTable<RequestState>(initial: RequestState())
    private var clients = KeyedTable<ClientState>(initial: ClientState())
    private var tally = EventTally()
    /// The instants at which requests were due.
    private var due = EventFlow()
    /// The first requests of the clients, which end no think time.
    private var firstRequests = EventFlow()
    private var request = StageLedger()
    private var response = StageLedger()
    /// Whether the trace is one of an open loop.
    private var hasRequestDue = false
    private var outboundNetwork = StageLedger()
    private var queueWait = StageLedger()
    private var persist = StageLedger()
    private var persistAsync = StageLedger()
    private var returnNetwork = StageLedger()
    private var think = StageLedger()
    private var stageSum = StageSum()
    private var pages = SpanPages()

    /// - Parameters:
    ///   - window: What counts, from ``WindowFinder``.
    ///   - writes: Whether requests wait for their writes: known from how the program was started, or found by
    ///     ``WritesFinder``.
    public init(window: TraceWindow, writes: Writes) {
        self.window = window
        self.writes = writes
    }

    /// How many requests are in memory now.
    public var requestsHeld: Int { states.count }
    /// How many clients have made a request or received an answer up to the window's end.
    public var clientsSeen: Int { clients.count }

    /// Calls the body for every stage that is open now, with its request and where it started; in no order of meaning, but in
    /// the same one in every process. Think times are not among them.
    public func forEachOpen(_ body: (_ stage: Stage, _ request: UInt64, _ opening: StageOpening) -> Void) {
        states.forEach { request, state in
            for stage in Stage.allCases {
                if let opening = state.opening(stage) { body(stage, request, opening) }
            }
        }
    }

    public mutating func add(_ event: Event, _ emit: (Span) -> Void) {
        guard event.nanoseconds <= window.lastInstant || event.kind == .measurementEnd else {
            return addAfterWindow(event)
        }
        tally.count(event, window)
        switch event.kind {
        case .requestStart: requestStarted(event)
        case .requestBlock: permitAsked(event, isBlocked: true)
        case .requestNonblock: permitAsked(event, isBlocked: false)
        case .persistStart: persistStarted(event)
        case .persistAsyncStart: _ = persistAsyncStarted(event)
        case .persistDone: persistDone(event)
        case .requestDone: requestDone(event)
        case .requestDue: requestDue(event)
        case .measurementStart, .measurementEnd: break
        }
        handOut { for span in $1 { emit(span) } }
    }

    /// Hands out the spans that were completed since this was last called, a stage at a time.
    mutating func handOut(_ take: (Stage, UnsafeBufferPointer<Span>) -> Void) {
        while let (stage, spans) = pages.removeNext() { take(stage, spans) }
    }

    public consuming func finish() -> PairingOutcome {
        let tally = tally
        return finish(tally)
    }

    /// - Parameter tally: Of all events that were added up to the window's end.
    consuming func finish(_ tally: EventTally) -> PairingOutcome {
        precondition(pages.isEmpty, "spans were completed and not handed out")
        states.forEach { _, state in
            if let mark = state.mark(.request) { request.enterOpen(mark, window) }
            if let mark = state.mark(.response) { response.enterOpen(mark, window) }
            if let mark = state.mark(.outboundNetwork) { outboundNetwork.enterOpen(mark, window) }
            if let mark = state.mark(.queueWait) { queueWait.enterOpen(mark, window) }
            if let mark = state.mark(.persist) { persist.enterOpen(mark, window) }
            if let mark = state.mark(.persistAsync) { persistAsync.enterOpen(mark, window) }
            if let mark = state.mark(.returnNetwork) { returnNetwork.enterOpen(mark, window) }
        }
        clients.forEach { _, client in
            if let mark = client.mark { think.enterOpen(mark, window) }
        }
        let (made, asked) = (tally[.requestStart], tally[.requestBlock, .requestNonblock])
        let (written, done) = (tally[.persistDone], tally[.requestDone])
        let writing = tally[.persistStart]
        var stages: [Stage: StageOutcome] = [
            .request: request.closed(window, made, done),
            .outboundNetwork: outboundNetwork.closed(window, made, asked),
            .queueWait: queueWait.closed(window, asked, writing),
            .persist: persist.closed(window, writing, written),
            .persistAsync: persistAsync.closed(window, tally[.persistAsyncStart], written),
            .returnNetwork: returnNetwork.closed(window, writes == .asynchronous ? writing : written, done),
            .think: think.closed(window, done, made - firstRequests),
        ]
        if hasRequestDue { stages[.response] = response.closed(window, due, done) }
        return PairingOutcome(
            key: .request, window: window, stages: stages, eventCounts: tally.byKind, stageSum: stageSum)
    }

    mutating func requestDue(_ event: Event) {
        guard event.dueNanoseconds <= window.lastInstant else { return }
        hasRequestDue = true
        due.add(event.dueNanoseconds, window)
        let slot = states.slot(inserting: event.request)
        states[slot].open(.response, event, &response, window)
    }

    /// What was due in the window is open when it closes, also where it is taken up or done only now. An answer takes
    /// the mark away, so that a later request of the same identifier does not seem to repeat an open one.
    mutating func addAfterWindow(_ event: Event) {
        switch event.kind {
        case .requestDue: requestDue(event)
        case .requestDone:
            guard let slot = states.slot(of: event.request), let mark = states[slot].mark(.response) else { return }
            response.enterOpen(mark, window)
            states[slot].forget(.response)
        default: break
        }
    }

    mutating func requestStarted(_ event: Event) {
        let client = clients.slot(inserting: UInt64(event.client))
        if clients[client].isKnown {
            clients[client].stopThinking(event, &think, window, &pages)
        } else {
            clients[client].isKnown = true
            firstRequests.add(event.nanoseconds, window)
        }
        let slot = states.slot(inserting: event.request)
        states[slot].begin()
        // The way there begins with its request, and shares its moment: what that was before is read first.
        states[slot].open(.outboundNetwork, event, &outboundNetwork, window)
        states[slot].open(.request, event, &request, window)
    }

    mutating func permitAsked(_ event: Event, isBlocked: Bool) {
        let slot = states.slot(inserting: event.request)
        states[slot].note(isBlocked: isBlocked)
        states[slot].closePart(.outboundNetwork, event, &outboundNetwork, window, &pages)
        states[slot].open(.queueWait, event, &queueWait, window)
    }

    mutating func persistStarted(_ event: Event) {
        let slot = states.slot(inserting: event.request)
        states[slot].note(drawnDelay: event.value)
        states[slot].closePart(.queueWait, event, &queueWait, window, &pages)
        states[slot].open(.persist, event, &persist, window)
        if writes == .asynchronous { states[slot].open(.returnNetwork, event, &returnNetwork, window) }
    }

    /// - Returns: The delay that its open write drew; nil where that is unknown.
    mutating func persistAsyncStarted(_ event: Event) -> Int64? {
        let slot = states.slot(inserting: event.request)
        states[slot].open(.persistAsync, event, &persistAsync, window)
        return states[slot].delayOfOpenWrite
    }

    mutating func persistDone(_ event: Event) {
        let slot = states.slot(inserting: event.request)
        states[slot].close(.persistAsync, event, &persistAsync, window, &pages)
        switch writes {
        case .asynchronous:
            states[slot].close(.persist, event, &persist, window, &pages)
        case .synchronous:
            states[slot].closePart(.persist, event, &persist, window, &pages)
            states[slot].open(.returnNetwork, event, &returnNetwork, window)
        }
        states[slot].noteWriteDone()
        releaseIfFinished(slot)
    }

    mutating func requestDone(_ event: Event) {
        let slot = states.slot(inserting: event.request)
        states[slot].closePart(.returnNetwork, event, &returnNetwork, window, &pages)
        let explained = states[slot].explainedNanoseconds
        let (elapsed, counts) = states[slot].close(.request, event, &request, window, &pages)
        if counts { stageSum.enter(elapsed: elapsed, explained: explained) }
        states[slot].close(.response, event, &response, window, &pages)
        releaseIfFinished(slot)
        let client = clients.slot(inserting: UInt64(event.client))
        clients[client].startThinking(event, &think, window)
    }

    /// Forgets a request when it and its write are done; what its stages left open is entered as open.
    @inline(__always)
    private mutating func releaseIfFinished(_ slot: Int) {
        guard states[slot].isFinished else { return }
        if let mark = states[slot].mark(.outboundNetwork) { outboundNetwork.enterAbandoned(mark, window) }
        if let mark = states[slot].mark(.queueWait) { queueWait.enterAbandoned(mark, window) }
        states.remove(at: slot)
    }
}
