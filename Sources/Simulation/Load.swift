import Randomness

/// What makes a client send its requests.
enum Load: Sendable {
    /// A closed loop: the first request after a delay, each further one after the last answer and the think time.
    case closed(startDelay: Duration, thinkTime: Delay)
    /// An open loop: the schedule that all clients serve. A request is made when it is due, or as soon after that as a
    /// client is free.
    case open(Schedule)
}
