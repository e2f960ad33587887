import Randomness

/// What makes clients send their requests.
enum Load: Sendable {
    /// A closed loop: each request but the first after the last answer and the think time.
    case closed(thinkTime: Delay, start: ClosedStart)
    /// An open loop: the schedule that all clients serve. A request is made when it is due, or as soon after that as a
    /// client is free.
    case open(Schedule)
}

/// When the clients of a closed loop make their first requests.
struct ClosedStart: Sendable {
    let mode: SystemParameters.StartMode
    let thinkTimeMean: Duration
    let clientCount: Int

    /// How long after the start of the run the client of this number begins.
    func delay(of number: UInt32) -> Duration {
        switch mode {
        case .herd: .zero
        case .staggered: thinkTimeMean * Int(number) / clientCount
        }
    }
}
