import TraceModel

/// What is known of a client: it waits for a request, or it thinks until its next one.
struct ClientState: Sendable {
    /// Whether the client was seen before. Its first request ends no think time, and is no done of that stage.
    var isKnown = false
    private var isThinking = false
    private var request: UInt64 = 0
    private var requestDone: Int64 = 0
    private var thread: UInt32 = 0

    /// The start of the think time, if the client is thinking.
    var mark: Int64? { isThinking ? requestDone : nil }

    /// The client got its answer.
    @inline(__always)
    mutating func startThinking(_ event: Event, _ ledger: inout StageLedger, _ window: TraceWindow) {
        ledger.enterStart(at: event.nanoseconds, overwriting: mark, window)
        isKnown = true
        isThinking = true
        request = event.request
        requestDone = event.nanoseconds
        thread = event.thread
    }

    /// The client makes its next request.
    @inline(__always)
    mutating func stopThinking(
        _ event: Event, _ ledger: inout StageLedger, _ window: TraceWindow, _ pages: inout SpanPages
    ) {
        let mark = mark
        let counts = ledger.enterDone(at: event.nanoseconds, mark: mark, window)
        guard let mark, event.nanoseconds >= window.start || mark < window.start else { return }
        isThinking = false
        let span = Span(
            stage: .think, request: request, doneRequest: event.request, client: event.client, start: mark,
            done: event.nanoseconds, startThread: thread, doneThread: event.thread, isInWindow: counts)
        if counts { ledger.enter(span) }
        pages.append(span)
    }
}
