import TraceModel

extension SimulatedRun {
    /// When the measured window opened and closed, in nanoseconds.
    var window: ClosedRange<Int64> {
        let start = events.first { $0.kind == .measurementStart }?.nanoseconds ?? 0
        return start...(events.first { $0.kind == .measurementEnd }?.nanoseconds ?? start)
    }

    var windowSeconds: Double { Double(window.upperBound - window.lowerBound) / 1e9 }

    /// Requests done in the window, a second.
    var throughput: Double {
        let window = window
        return Double(events.count { $0.kind == .requestDone && window.contains($0.nanoseconds) }) / windowSeconds
    }

    /// Of the requests done in the window, in seconds, however long before it they started.
    var meanResponse: Double {
        var starts: [UInt32: Int64] = [:]
        var sum: Int64 = 0
        var count = 0
        let window = window
        for event in events {
            if event.kind == .requestStart { starts[event.client] = event.nanoseconds }
            guard event.kind == .requestDone, window.contains(event.nanoseconds), let start = starts[event.client]
            else { continue }
            sum += event.nanoseconds - start
            count += 1
        }
        return Double(sum) / Double(count) / 1e9
    }

    /// The mean number of writes in progress in the window.
    var meanBusy: Double {
        let window = window
        var (busy, last, sum) = (Int64(0), window.lowerBound, Int64(0))
        for event in events where event.kind == .persistStart || event.kind == .persistDone {
            let now = min(max(event.nanoseconds, window.lowerBound), window.upperBound)
            sum += busy * (now - last)
            last = now
            busy += event.kind == .persistStart ? 1 : -1
        }
        return Double(sum + busy * (window.upperBound - last)) / 1e9 / windowSeconds
    }
}
