// Pairs exactly as the thread-keyed DTrace scripts did:
//
//     persist-start         { self->ts = timestamp; }
//     persist-done /self->ts/ { @ = quantize(timestamp - self->ts); self->ts = 0; }
//
// A start sets the mark of its OS thread and overwrites the one it had; a done on a thread with a mark makes a span and
// clears it; a done on a thread without one makes nothing. As if the script was attached when the window opens, the
// marks start empty. What the scripts dropped without a word is counted here, and so is what they could not know:
// the identifiers and the delay drawn testify how far each span is wrong.
//
// A script that shows responses takes the lateness, the probe's third argument, off the time: request-due sets its
// thread's mark to the instant at which the request was due. A mark before the window's start makes no span, so that both
// pairings count the same starts; one that was due in the window and taken up behind it is open, as by request.
//
// Cost: one look-up of the thread an event, and of the write for its delay; no allocation but for growth of the tables.

import TraceModel

/// Pairs starts with dones by OS thread: the stages request, persist and persist-async, and response where the trace has a
/// `request-due`, each with a mark of its own.
///
/// This is the demonstration of a mistake: right only where an operation starts and ends on one thread that does
/// nothing else in between.
public struct ThreadPairer: ~Copyable, SpanPairer {
    private struct Mark: Sendable {
        var isSet = false
        var start: Int64 = 0
        var request: UInt64 = 0
        var client: UInt32 = 0
        var drawnDelay: Int64?

        var time: Int64? { isSet ? start : nil }
    }

    private struct ThreadState: Sendable {
        var request = Mark()
        var response = Mark()
        var persist = Mark()
        var persistAsync = Mark()
    }

    private let window: TraceWindow
    private var threads = KeyedTable<ThreadState>(initial: ThreadState())
    /// The delay that each open write drew.
    private var drawnDelays = KeyedTable<Int64>(initial: 0)
    private var tally = EventTally()
    /// The instants at which requests were due.
    private var due = EventFlow()
    private var request = StageLedger()
    private var response = StageLedger()
    /// Whether the trace is one of an open loop.
    private var hasRequestDue = false
    private var persist = StageLedger()
    private var persistAsync = StageLedger()
    private var pages = SpanPages()

    /// - Parameter window: What counts, from ``WindowFinder``.
    public init(window: TraceWindow) { self.window = window }

    public mutating func add(_ event: Event, _ emit: (Span) -> Void) {
        guard event.nanoseconds <= window.lastInstant || event.kind == .measurementEnd else {
            return addAfterWindow(event)
        }
        switch event.kind {
        case .persistStart:
            let write = drawnDelays.slot(inserting: event.request)
            drawnDelays[write] = event.value
        case .requestDue: noteDue(event)
        default: break
        }
        tally.count(event, window)
        if event.nanoseconds >= window.start { pair(event) }
        if event.kind == .persistDone, let write = drawnDelays.slot(of: event.request) { drawnDelays.remove(at: write) }
        handOut { for span in $1 { emit(span) } }
    }

    /// Hands out the spans that were completed since this was last called, a stage at a time.
    mutating func handOut(_ take: (Stage, UnsafeBufferPointer<Span>) -> Void) {
        while let (stage, spans) = pages.removeNext() { take(stage, spans) }
    }

    /// The trace is one of an open loop, if this was due in time.
    @inline(__always)
    mutating func noteDue(_ event: Event) {
        if event.dueNanoseconds <= window.lastInstant { hasRequestDue = true }
    }

    public consuming func finish() -> PairingOutcome {
        let tally = tally
        return finish(tally)
    }

    /// - Parameter tally: Of all events that were added up to the window's end.
    consuming func finish(_ tally: EventTally) -> PairingOutcome {
        precondition(pages.isEmpty, "spans were completed and not handed out")
        threads.forEach { _, thread in
            if let mark = thread.request.time { request.enterOpen(mark, window) }
            if let mark = thread.response.time { response.enterOpen(mark, window) }
            if let mark = thread.persist.time { persist.enterOpen(mark, window) }
            if let mark = thread.persistAsync.time { persistAsync.enterOpen(mark, window) }
        }
        let (written, done) = (tally[.persistDone], tally[.requestDone])
        var stages: [Stage: StageOutcome] = [
            .request: request.closed(window, tally[.requestStart], done),
            .persist: persist.closed(window, tally[.persistStart], written),
            .persistAsync: persistAsync.closed(window, tally[.persistAsyncStart], written),
        ]
        if hasRequestDue { stages[.response] = response.closed(window, due, done) }
        // What came before the window is not seen.
        for stage in stages.keys {
            stages[stage]?.flight.countedNanoseconds = nil
            stages[stage]?.flight.carriedInNanoseconds = nil
        }
        return PairingOutcome(
            key: .thread, window: window, stages: stages, eventCounts: tally.byKind, stageSum: nil)
    }

    /// Enters a request that was due in the window and taken up behind it.
    mutating func addAfterWindow(_ event: Event) {
        guard event.kind == .requestDue else { return }
        noteDue(event)
        let instant = event.dueNanoseconds
        guard instant >= window.start, instant <= window.lastInstant else { return }
        due.add(instant, window)
        response.enterOpen(instant, window)
    }

    private mutating func pair(_ event: Event) {
        switch event.kind {
        case .requestDue: requestDue(event)
        case .requestStart: requestStarted(event)
        case .requestDone: requestDone(event)
        case .persistStart: persistStarted(event)
        case .persistAsyncStart:
            persistAsyncStarted(event, drawnDelay: drawnDelays.slot(of: event.request).map { drawnDelays[$0] })
        case .persistDone: persistDone(event)
        case .requestBlock, .requestNonblock, .measurementStart, .measurementEnd: break
        }
    }

    mutating func requestDue(_ event: Event) {
        let instant = event.dueNanoseconds
        guard instant <= window.lastInstant else { return }
        due.add(instant, window)
        let slot = slot(event)
        response.enterStart(at: instant, overwriting: threads[slot].response.time, window)
        Self.set(&threads[slot].response, event, at: instant, drawnDelay: nil)
    }

    @inline(__always)
    mutating func requestStarted(_ event: Event) {
        let slot = slot(event)
        // Foretold it would be wrongly every other time, so it is counted without a question.
        request.enterStart(overwritingMark: threads[slot].request.isSet)
        Self.set(&threads[slot].request, event, at: event.nanoseconds, drawnDelay: nil)
    }

    @inline(__always)
    mutating func requestDone(_ event: Event) {
        let slot = slot(event)
        Self.consume(&threads[slot].response, .response, event, &response, window, &pages)
        Self.consume(&threads[slot].request, .request, event, &request, window, &pages)
    }

    @inline(__always)
    mutating func persistStarted(_ event: Event) {
        let slot = slot(event)
        persist.enterStart(overwritingMark: threads[slot].persist.isSet)
        Self.set(&threads[slot].persist, event, at: event.nanoseconds, drawnDelay: event.value)
    }

    @inline(__always)
    mutating func persistAsyncStarted(_ event: Event, drawnDelay: Int64?) {
        let slot = slot(event)
        persistAsync.enterStart(overwritingMark: threads[slot].persistAsync.isSet)
        Self.set(&threads[slot].persistAsync, event, at: event.nanoseconds, drawnDelay: drawnDelay)
    }

    @inline(__always)
    mutating func persistDone(_ event: Event) {
        let slot = slot(event)
        Self.consume(&threads[slot].persist, .persist, event, &persist, window, &pages)
        Self.consume(&threads[slot].persistAsync, .persistAsync, event, &persistAsync, window, &pages)
    }

    @inline(__always)
    private mutating func slot(_ event: Event) -> Int { threads.slot(inserting: UInt64(event.thread)) }

    @inline(__always)
    private static func set(
        _ mark: inout Mark, _ event: Event, at time: Int64, drawnDelay: Int64?
    ) {
        mark = Mark(isSet: true, start: time, request: event.request, client: event.client, drawnDelay: drawnDelay)
    }

    @inline(__always)
    private static func consume(
        _ mark: inout Mark, _ stage: Stage, _ event: Event, _ ledger: inout StageLedger, _ window: TraceWindow,
        _ pages: inout SpanPages
    ) {
        let counts = ledger.enterDone(at: event.nanoseconds, mark: mark.time, window)
        mark.isSet = false
        guard counts else { return }
        let span = Span(
            stage: stage, request: mark.request, doneRequest: event.request, client: mark.client, start: mark.start,
            done: event.nanoseconds, startThread: event.thread, doneThread: event.thread, drawnDelay: mark.drawnDelay)
        ledger.enter(span)
        pages.append(span)
    }
}
