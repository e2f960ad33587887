import Pairing
import TraceModel

/// Events as text, one a line: time in milliseconds, thread, kind, request, and optionally `client=`, `delay=` (ms) and
/// `late=` (ms).
///
///     0    T1  request-start     7
///     1.5  T1  persist-start     7  delay=50
func timeline(_ text: String) -> [Event] {
    text.split(separator: "\n").map { line in
        let words = line.split(separator: " ").map(String.init)
        let kind = EventKind.allCases.first { $0.name == words[2] }!
        var event = Event(
            nanoseconds: milliseconds(words[0]), kind: kind, thread: UInt32(words[1].dropFirst())!)
        for word in words.dropFirst(3) {
            let parts = word.split(separator: "=").map(String.init)
            switch (parts[0], parts.count) {
            case ("client", 2): event.client = UInt32(parts[1])!
            case ("delay", 2), ("late", 2): event.value = milliseconds(parts[1])
            default: event.request = UInt64(word)!
            }
        }
        return event
    }
}

/// A span as a line of text, the way the tests compare them.
func line(_ span: Span) -> String {
    let requests = span.request == span.doneRequest ? "\(span.request)" : "\(span.request)→\(span.doneRequest)"
    let threads =
        span.startThread == span.doneThread ? "T\(span.startThread)" : "T\(span.startThread)→T\(span.doneThread)"
    let blocked = span.isBlocked.map { $0 ? " blocked" : " nonblocked" } ?? ""
    return "\(span.stage.rawValue) \(requests) \(threads) \(Double(span.elapsedNanoseconds) / 1e6) ms\(blocked)"
}

/// Feeds all events to the pairer, for all spans that it hands out.
func run(
    _ pairer: consuming some SpanPairer & ~Copyable, _ events: [Event]
) -> (spans: [Span], outcome: PairingOutcome) {
    var spans: [Span] = []
    for event in events { pairer.add(event) { spans.append($0) } }
    return (spans, pairer.finish())
}

/// Pairs a whole timeline, with its window found by its markers, for the spans that count.
func pairedByRequest(
    _ events: [Event], writes: Writes = .asynchronous
) -> (spans: [Span], outcome: PairingOutcome) {
    let (spans, outcome) = run(RequestPairer(window: window(of: events), writes: writes), events)
    return (spans.filter(\.isInWindow), outcome)
}

func pairedByThread(_ events: [Event]) -> (spans: [Span], outcome: PairingOutcome) {
    run(ThreadPairer(window: window(of: events)), events)
}

func window(of events: [Event]) -> TraceWindow {
    var finder = WindowFinder()
    for event in events { finder.add(event) }
    return finder.finish()!
}

private func milliseconds(_ text: String) -> Int64 { Int64((Double(text)! * 1e6).rounded()) }
