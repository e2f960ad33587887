import Glibc
import Quantities
import Synchronization

/// Shows a person at a terminal how far a run in virtual time has come, on one line that is written over.
final class VirtualProgress: Sendable {
    private struct State {
        var lastShown: ContinuousClock.Instant?
        var isVisible = false
    }

    private let end: Duration
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// How long a run is silent at first, and how often it speaks then.
    private static let silence = Duration.seconds(1)
    private static let interval = Duration.milliseconds(250)

    /// - Parameter end: When the run will be over, in virtual time.
    init(end: Duration) { self.end = end }

    func show(_ now: Duration) {
        let instant = ContinuousClock.now
        let isTime = state.withLock { state in
            guard instant - start >= Self.silence, state.lastShown.map({ instant - $0 >= Self.interval }) ?? true else {
                return false
            }
            state.lastShown = instant
            state.isVisible = true
            return true
        }
        guard isTime, now > .zero else { return }
        let share = now / end
        let elapsed = instant - start
        let left = elapsed * max(0, 1 / share - 1)
        write(
            "simulated \(now.spoken) of \(end.spoken) (\((100 * share).fixed(0)) %), "
                + "\((now / elapsed).fixed(0)) times as fast as the clock, about \(left.spoken) left")
    }

    /// Leaves no trace on the terminal.
    func clear() {
        if state.withLock({ $0.isVisible }) { write("") }
    }

    private func write(_ line: String) {
        // A terminal that is gone needs no progress.
        _ = writeAll("\r\u{1b}[K\(line)", to: STDERR_FILENO)
    }
}
