import TraceModel

/// What of a request has happened so far, in nanoseconds of the trace's clock.
struct RequestHistory {
    /// When it was made.
    var start: Int64?
    /// When its write was enqueued.
    var enqueued: Int64?
}

extension [Event] {
    /// Moves events in time, and puts them in order again; those of one instant keep their order.
    ///
    /// - Parameter amount: By how many nanoseconds an event happens later, given what its request did before, at the
    ///   times before anything was moved. Markers stay where they are.
    mutating func move(_ amount: (_ event: Event, _ history: RequestHistory) -> Int64) {
        var histories: [UInt64: RequestHistory] = [:]
        for index in indices where !self[index].isMarker {
            let event = self[index]
            var history = histories[event.request] ?? RequestHistory()
            if event.kind == .requestStart { history = RequestHistory(start: event.nanoseconds) }
            if event.kind == .persistStart { history.enqueued = event.nanoseconds }
            histories[event.request] = history
            self[index].nanoseconds += amount(event, history)
        }
        sortByTime()
    }

    /// Makes requests of a closed loop longer: a client that waits longer for its answer, or thinks longer, does all that
    /// follows later by as much. What would then happen after the recording has ended is not recorded.
    ///
    /// - Parameters:
    ///   - thinking: By how many nanoseconds each think time is longer.
    ///   - amount: As for ``move(_:)``, from the request's start on, where it is zero.
    mutating func lengthen(
        thinking: Int64 = 0, _ amount: (_ event: Event, _ history: RequestHistory) -> Int64 = { _, _ in 0 }
    ) {
        guard let end = last?.nanoseconds else { return }
        /// By how much a client is late with its next request, and each request with what is left of it.
        var (clients, requests): ([UInt32: Int64], [UInt64: Int64]) = ([:], [:])
        move { event, history in
            if event.kind == .requestStart { requests[event.request] = clients[event.client] ?? 0 }
            let late = (requests[event.request] ?? 0) + amount(event, history)
            if event.kind == .requestDone { clients[event.client] = late + thinking }
            return late
        }
        removeAll { $0.nanoseconds > end }
    }

    /// Those of one instant keep their order.
    mutating func sortByTime() { sort { $0.nanoseconds < $1.nanoseconds } }

    /// The measured window, by its markers.
    var window: Range<Int64>? {
        guard let start = first(where: { $0.kind == .measurementStart })?.nanoseconds,
            let end = first(where: { $0.kind == .measurementEnd })?.nanoseconds, start < end
        else { return nil }
        return start..<end
    }
}

extension Event {
    /// Whether it belongs to no request.
    var isMarker: Bool { kind == .measurementStart || kind == .measurementEnd }
}
