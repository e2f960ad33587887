import Experiments

// Trials on the wall clock and in virtual time are learnt apart: the ones take their schedule and a little more, the
// others what their work takes, which nothing tells before one of them has finished.

/// Estimates how long the rest of a run takes: at first from the schedule alone, then from the trials that finished.
struct TimeLeftEstimator: Sendable {
    /// Trials of one kind.
    private struct Kind {
        /// What one takes as far as is known beforehand.
        var scheduled: Duration?
        var total: Duration = .zero
        var count = 0

        /// What one takes; nil if nothing is known.
        var each: Duration? { count == 0 ? scheduled : total / count }
    }

    /// How many trials are not done, the running one among them.
    struct Remaining: Sendable, Equatable {
        var wall = 0
        var virtual = 0
    }

    private var wall: Kind
    private var virtual = Kind()

    init(schedule: Schedule) {
        let scheduled = Duration.nanoseconds(schedule.warmUpNanoseconds) + .nanoseconds(schedule.measureNanoseconds)
        // Without a window a trial takes what its work takes.
        wall = Kind(scheduled: schedule.measureNanoseconds > 0 ? scheduled : nil)
    }

    /// Learns how long a finished trial took, from its staging to its being stored.
    ///
    /// - Parameter count: How many trials took that long together.
    mutating func learn(_ elapsed: Duration, isVirtual: Bool = false, count: Int = 1) {
        if isVirtual {
            virtual.total += elapsed
            virtual.count += count
        } else {
            wall.total += elapsed
            wall.count += count
        }
    }

    /// Returns nil where a kind remains of which nothing is known.
    ///
    /// - Parameters:
    ///   - runningFor: How long the running trial has been at it.
    ///   - isVirtual: Whether the running trial is in virtual time.
    func timeLeft(_ remaining: Remaining, runningFor: Duration = .zero, isVirtual: Bool = false) -> Duration? {
        var left = Duration.zero
        for (kind, count, isRunning) in [(wall, remaining.wall, !isVirtual), (virtual, remaining.virtual, isVirtual)]
        where count > 0 {
            guard let each = kind.each else { return nil }
            left += each * count - (isRunning ? min(runningFor, each) : .zero)
        }
        return left
    }
}
