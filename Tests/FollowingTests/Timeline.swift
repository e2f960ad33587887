import TraceModel

/// Events as text, one a line: time in milliseconds, thread, kind, request, and optionally `client=`, `cpu=`, `delay=` (ms) and
/// `late=` (ms).
func timeline(_ text: String) -> [Event] {
    text.split(separator: "\n").map { line in
        let words = line.split(separator: " ").map(String.init)
        let kind = EventKind.allCases.first { $0.name == words[2] }!
        var event = Event(nanoseconds: milliseconds(words[0]), kind: kind, thread: UInt32(words[1].dropFirst())!)
        for word in words.dropFirst(3) {
            let parts = word.split(separator: "=").map(String.init)
            switch (parts[0], parts.count) {
            case ("client", 2): event.client = UInt32(parts[1])!
            case ("cpu", 2): event.cpu = UInt16(parts[1])!
            case ("delay", 2), ("late", 2): event.value = milliseconds(parts[1])
            default: event.request = UInt64(word)!
            }
        }
        return event
    }
}

private func milliseconds(_ text: String) -> Int64 { Int64((Double(text)! * 1e6).rounded()) }

/// A request whose write begins on one thread, ends on another, and outlives it.
let wanderer = timeline(
    """
    10    T1  request-start        7  client=3  cpu=0
    11.5  T2  request-nonblock     7  client=3  cpu=1
    11.6  T2  persist-start        7  client=3  cpu=1  delay=50
    11.7  T1  persist-async-start  7  client=3  cpu=0
    13    T1  request-done         7  client=3  cpu=0
    61.8  T3  persist-done         7  client=3  cpu=1
    """)
