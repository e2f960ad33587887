import Analysis
import Auditing
import Pairing

/// What the clean data come from: the bundled simulator in virtual time with its default delays, in a closed loop or in an
/// open one.
///
/// Fifty clients keep its 8 permits busy for three eighths of the time, and every percentile up to p99 is carried by each
/// trial. All clients start at once, which the warm-up leaves out. They think for random times: clients that all think for one
/// second stay in step, and are not out of it for longer than the window.
public enum CleanSystem: String, Sendable, CaseIterable {
    /// Clients that think between two requests.
    case closedLoop = "closed loop"
    /// Requests at the instants of a schedule.
    case openLoop = "open loop"

    public static let trialCount = 12
    static let clients = 50
    static let permits = 8
    static let thinkTime = "exponential(1s)"
    static let networkDelay = "500us + normal(1000us, 100us)"
    static let writeDelay = "50ms + normal(10ms, 5ms)"
    static let arrivals = "poisson(50/s)"
    static let warmUp = "5s"
    static let measure = "20s"

    /// The simulator's options, by name.
    private var options: [(name: String, value: String)] {
        let load =
            switch self {
            case .closedLoop: [("think-time", Self.thinkTime), ("start", "herd")]
            case .openLoop: [("arrivals", Self.arrivals)]
            }
        return [
            ("clients", "\(Self.clients)"), ("permits", "\(Self.permits)"), ("writes", Writes.asynchronous.rawValue),
            ("write-delay", Self.writeDelay), ("network-delay", Self.networkDelay),
        ] + load
    }

    /// The simulator's arguments for one trial.
    public func arguments(seed: UInt64, tracePath: String) -> [String] {
        let run = [
            ("clock", "virtual"), ("warm-up", Self.warmUp), ("measure", Self.measure), ("seed", "\(seed)"),
            ("trace", tracePath),
        ]
        return (options + run).flatMap { ["--\($0)", $1] }
    }

    /// What the program is asked to do, as the laws need it.
    var load: LoadParameters {
        let options = options
        return LoadParameters { name in options.first { $0.name == name }?.value }
    }
}
