import Archiving
import Running
import Synchronization
import SystemPackage

/// Runs nothing: writes a trace, lets the clock move on, and does as it is told.
final class FakeExecutor: TrialExecutor {
    private let requests = Collector<TrialRequest>()
    private let clock: FakeClock
    private let behaviour: @Sendable (_ number: Int, TrialRequest) throws(ExecutionError) -> TrialExecution.End

    /// - Parameter behaviour: What becomes of the attempt of that number, counted from 0 over all trials.
    init(
        clock: FakeClock = FakeClock(),
        behaviour: @escaping @Sendable (_ number: Int, TrialRequest) throws(ExecutionError) -> TrialExecution.End = {
            (_, _) throws(ExecutionError) in .exited(status: 0)
        }
    ) {
        self.clock = clock
        self.behaviour = behaviour
    }

    /// The staging folders' names of the attempts made, in order.
    var attempts: [String] { requests.values.map { $0.folder.path.lastComponent?.string ?? "" } }

    var requestsMade: [TrialRequest] { requests.values }

    func execute(_ request: TrialRequest) async throws(ExecutionError) -> TrialExecution {
        let number = requests.values.count
        requests.append(request)
        do {
            try FileSystem().write(Array("events of \(number)".utf8), to: request.folder.unfinishedTrace)
            try FileSystem().write(Array("{\"requestsDone\": \(number)}\n".utf8), to: request.folder.output)
        } catch {
            throw .launcher(complaint: "\(error)")
        }
        clock.advance(by: .seconds(11))
        let end = try behaviour(number, request)
        return TrialExecution(end: end, elapsedNanoseconds: 10_500_000_000, resources: Samples.resources)
    }
}

/// A clock that moves only when told to.
final class FakeClock: Sendable {
    private let time = Mutex<Duration>(.seconds(1000))

    func advance(by duration: Duration) { time.withLock { $0 += duration } }

    var clock: RunClock {
        RunClock(
            elapsed: { self.time.withLock { $0 } }, timestamp: { "2026-11-23T04:52:47.000Z" },
            sleep: { (_) throws(CancellationError) in throw CancellationError() })
    }
}
