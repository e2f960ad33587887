import TraceModel

/// Traces of one small story: requests whose writes start on one OS thread and end on another.
enum Story {
    static let millisecond: Int64 = 1_000_000

    /// A closed loop of one client: each request takes 3 ms, its write 50 ms from the moment it is enqueued, and the
    /// write ends on the thread of the next request. Thinking fills each cycle up to 100 ms.
    ///
    /// - Parameters:
    ///   - requests: How many requests the window holds; one before it warms up.
    ///   - writeMilliseconds: How long each write takes.
    ///   - latenessMilliseconds: How long before its start each request was due, as in an open loop; nil in a closed one.
    ///   - backlog: How many requests more were due in the window's last instant and not sent before it closed.
    static func events(
        requests: Int, writeMilliseconds: Int64 = 50, latenessMilliseconds: Int64? = nil, backlog: Int = 0
    ) -> [Event] {
        var events: [Event] = []
        func add(_ milliseconds: Int64, _ kind: EventKind, _ request: UInt64, thread: UInt32, value: Int64 = 0) {
            events.append(
                Event(
                    nanoseconds: milliseconds * millisecond, kind: kind, request: request, client: 0, thread: thread,
                    cpu: 0, value: value))
        }
        for number in 0...requests {
            let start = Int64(number) * 100
            let request = UInt64(number + 1)
            let threads: (UInt32, UInt32) = number.isMultiple(of: 2) ? (10, 11) : (11, 10)
            if number == 1 { add(start - 1, .measurementStart, 0, thread: 10) }
            if let lateness = latenessMilliseconds {
                add(start, .requestDue, request, thread: threads.0, value: lateness * millisecond)
            }
            add(start, .requestStart, request, thread: threads.0)
            add(start + 1, number.isMultiple(of: 3) ? .requestBlock : .requestNonblock, request, thread: threads.0)
            // One nanosecond, so that the story's clock is seen to be a fine one.
            events[events.count - 1].nanoseconds += 1
            add(start + 2, .persistStart, request, thread: threads.0, value: 50 * millisecond)
            add(start + 2, .persistAsyncStart, request, thread: threads.0)
            add(start + 3, .requestDone, request, thread: threads.0)
            add(start + 2 + writeMilliseconds, .persistDone, request, thread: threads.1)
        }
        let end = Int64(requests) * 100 + 99
        add(end, .measurementEnd, 0, thread: 10)
        for number in 0..<backlog {
            add(end, .requestDue, UInt64(requests + 2 + number), thread: 10, value: millisecond)
        }
        return events
    }
}
