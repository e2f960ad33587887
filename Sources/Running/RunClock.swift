import Glibc

/// The time as a run needs it, so that tests can make their own.
public struct RunClock: Sendable {
    /// Time that has passed since some fixed moment.
    public var elapsed: @Sendable () -> Duration
    /// The moment now as ISO 8601 in UTC, to the millisecond.
    public var timestamp: @Sendable () -> String
    /// Suspends the task; throws when it is cancelled.
    public var sleep: @Sendable (Duration) async throws(CancellationError) -> Void

    public init(
        elapsed: @escaping @Sendable () -> Duration, timestamp: @escaping @Sendable () -> String,
        sleep: @escaping @Sendable (Duration) async throws(CancellationError) -> Void
    ) {
        self.elapsed = elapsed
        self.timestamp = timestamp
        self.sleep = sleep
    }

    /// The machine's own clocks.
    public static let system = RunClock(
        elapsed: {
            var now = timespec()
            clock_gettime(CLOCK_MONOTONIC, &now)
            return .seconds(now.tv_sec) + .nanoseconds(now.tv_nsec)
        },
        timestamp: {
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            return timestamp(seconds: now.tv_sec, milliseconds: now.tv_nsec / 1_000_000)
        },
        sleep: { (duration) throws(CancellationError) in
            do {
                try await Task.sleep(for: duration)
            } catch {
                throw CancellationError()
            }
        })

    /// A moment of the system's clock as ISO 8601, as in `2026-11-23T04:52:47.005Z`.
    static func timestamp(seconds: Int, milliseconds: Int) -> String {
        var seconds = time_t(seconds)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = [
            padded(Int(parts.tm_year) + 1900, 4), padded(Int(parts.tm_mon) + 1, 2), padded(Int(parts.tm_mday), 2),
        ]
        let time = [Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec)].map { padded($0, 2) }
        return "\(date.joined(separator: "-"))T\(time.joined(separator: ":")).\(padded(milliseconds, 3))Z"
    }
}
