import Quantities
import Randomness
import Timekeeping

/// The schedule of an open loop, from which free clients take one request after the other, in order.
///
/// As in any open loop, when a request is due does not depend on when others are answered. With fewer clients than
/// requests in progress, a request starts after it was due, as in a load generator with so many connections.
final class Schedule: Sendable {
    private struct State {
        var times: ArrivalTimes
        var isClosed = false
    }

    private let state: Guarded<State>

    init(_ times: ArrivalTimes) { state = Guarded(State(times: times)) }

    /// When the next request is due, since the start of the run; nil when the schedule is closed.
    func next() -> Duration? {
        state.withLock { $0.isClosed ? nil : Duration(wholeNanoseconds: $0.times.next()) }
    }

    /// Closes the schedule.
    ///
    /// - Returns: The times up to the given one at which requests were due that nobody has taken.
    func close(at now: Duration) -> [Duration] {
        state.withLock { state in
            guard !state.isClosed else { return [] }
            state.isClosed = true
            var overdue: [Duration] = []
            while true {
                let due = Duration(wholeNanoseconds: state.times.next())
                guard due <= now else { return overdue }
                overdue.append(due)
            }
        }
    }
}
