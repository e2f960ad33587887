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
        /// What each client has taken and not made yet.
        var taken: [UInt32: Duration] = [:]
        var isClosed = false
    }

    private let state: Guarded<State>

    init(_ times: ArrivalTimes) { state = Guarded(State(times: times)) }

    /// When the next request is due, which the client is to make: since the start of the run; nil when the schedule is
    /// closed.
    func takeNext(by client: UInt32) -> Duration? {
        state.withLock { state in
            guard !state.isClosed else { return nil }
            let due = Duration(wholeNanoseconds: state.times.next())
            state.taken[client] = due
            return due
        }
    }

    /// The client makes the request that it has taken. Returns false if the schedule was closed before: then it must not.
    func make(by client: UInt32) -> Bool {
        state.withLock { state in
            state.taken[client] = nil
            return !state.isClosed
        }
    }

    /// Closes the schedule, and tells which requests were due before the given time and have not been made: those that
    /// clients have taken and slept too long for, then those that nobody has taken, both in the order of time.
    ///
    /// - Returns: How many there were.
    func close(at now: Duration, _ tell: (Duration) -> Void) -> Int {
        state.withLock { state in
            guard !state.isClosed else { return 0 }
            state.isClosed = true
            var count = 0
            for due in state.taken.values.filter({ $0 < now }).sorted() {
                tell(due)
                count += 1
            }
            while true {
                let due = Duration(wholeNanoseconds: state.times.next())
                guard due < now else { return count }
                tell(due)
                count += 1
            }
        }
    }
}
