import Simulation
import Timekeeping
import TraceModel

/// Adds up the waits of an ``OpenQueue``, in the order in which customers are served, which is that of their arrival.
final class WaitSink: EventSink {
    private struct State {
        /// When those asked for a server that wait for one now.
        var asked: [UInt64: Int64] = [:]
        var servedCount = 0
        var blockedCount = 0
        var longerCount = 0
        var waitNanoseconds: Int64 = 0
        var serviceNanoseconds: Int64 = 0
        /// The last customer's that is not counted.
        var firstArrival: Int64 = 0
        /// The last counted customer's.
        var lastArrival: Int64 = 0
        var latenessMaximum: Int64 = 0
        var action: (@Sendable () -> Void)?
    }

    private let state = Guarded(State())
    private let runtime: VirtualRuntime
    private let skippedCount: Int
    private let count: Int
    private let threshold: Int64

    init(runtime: VirtualRuntime, skipping skippedCount: Int, counting count: Int, threshold: Int64) {
        self.runtime = runtime
        self.skippedCount = skippedCount
        self.count = count
        self.threshold = threshold
    }

    /// Does something once, when as many have been served as are to be counted.
    func whenFull(do action: @escaping @Sendable () -> Void) { state.withLock { $0.action = action } }

    var run: OpenQueue.Run {
        state.withLock { state in
            let total = Double(count)
            return OpenQueue.Run(
                meanWait: Double(state.waitNanoseconds) / total / 1e9,
                shareBlocked: Double(state.blockedCount) / total, shareLonger: Double(state.longerCount) / total,
                meanService: Double(state.serviceNanoseconds) / total / 1e9,
                meanInterval: Double(state.lastArrival - state.firstArrival) / total / 1e9,
                latenessMaximum: Double(state.latenessMaximum) / 1e9)
        }
    }

    func record(_ kind: EventKind, request: UInt64, client: UInt32, value: Int64) {
        switch kind {
        case .requestDue: state.withLock { $0.latenessMaximum = max($0.latenessMaximum, value) }
        case .requestBlock: state.withLock { $0.asked[request] = runtime.nowNanoseconds }
        case .persistStart: serve(request, service: value)
        default: break
        }
    }

    private func serve(_ request: UInt64, service: Int64) {
        let action = state.withLock { state -> (@Sendable () -> Void)? in
            let now = runtime.nowNanoseconds
            let asked = state.asked.removeValue(forKey: request)
            state.servedCount += 1
            if state.servedCount == skippedCount { state.firstArrival = asked ?? now }
            guard state.servedCount > skippedCount, state.servedCount <= skippedCount + count else { return nil }
            state.serviceNanoseconds += service
            if let asked {
                state.blockedCount += 1
                state.waitNanoseconds += now - asked
                if now - asked > threshold { state.longerCount += 1 }
            }
            guard state.servedCount == skippedCount + count else { return nil }
            state.lastArrival = asked ?? now
            return state.action
        }
        action?()
    }
}
