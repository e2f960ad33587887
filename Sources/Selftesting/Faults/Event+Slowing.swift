import TraceModel

extension [Event] {
    /// Makes all of a request longer, and the delay that its write draws too: the system is slower, not its timers.
    ///
    /// - Parameter slowing: By which share, for a request that starts at this instant.
    mutating func slow(_ slowing: (Int64) -> Double) {
        func longer(_ elapsed: Int64, _ start: Int64) -> Int64 { Int64((Double(elapsed) * slowing(start)).rounded()) }
        var starts: [UInt64: Int64] = [:]
        for index in indices {
            if self[index].kind == .requestStart { starts[self[index].request] = self[index].nanoseconds }
            if self[index].kind == .persistStart, let start = starts[self[index].request] {
                self[index].value += longer(self[index].value, start)
            }
        }
        lengthen { event, history in history.start.map { longer(event.nanoseconds - $0, $0) } ?? 0 }
    }
}
