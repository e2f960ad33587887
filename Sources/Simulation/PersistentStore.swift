import Quantities
import Timekeeping
import TraceModel

// A write goes on by itself, on a green thread of its own: a writer. Writers stay when their write is done and wait for
// the next one, because making a green thread for each write was the dearest part of a request. A writer is idle before
// it gives its permit back, so whoever gets the permit finds a writer: there are never more writers than permits.

/// Writes to a store that is, by design, never asked for more writes at once than there are permits.
final class PersistentStore<Runtime: ConcurrencyRuntime>: Sendable {
    private struct State {
        /// The writers without a write; the last one to become idle is the first to get one.
        var idle: [(writer: Writer, suspension: Suspension)] = []
        var writerCount: UInt64 = 0
        var inProgressCount = 0
        var isClosed = false
    }

    private enum Assignment {
        case idleWriter(Suspension)
        case newWriter(Writer)
    }

    private let state = Guarded(State())
    private let permits: Permits<Runtime>
    /// The part of each period during which no write goes on; nil if the store never stalls.
    private let stall: PeriodicSpan?
    private let runtime: Runtime
    private let tally: Tally

    init(permits: Permits<Runtime>, stall: PeriodicSpan?, runtime: Runtime, tally: Tally) {
        self.permits = permits
        self.stall = stall
        self.runtime = runtime
        self.tally = tally
    }

    /// Enqueues the write, which gives its permit back once it is done.
    func write(_ write: Write) {
        tally.record(.persistStart, of: write.request, value: write.delay.inNanoseconds)
        switch state.withLock({ assign(write, in: &$0) }) {
        case .idleWriter(let suspension): suspension.resume(returning: true)
        case .newWriter(let writer): runtime.spawn { await self.serve(write, as: writer) }
        }
    }

    /// Idle writers end, and so does each that becomes idle from now on.
    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle.removeAll() }
            return state.idle.map(\.suspension)
        }
        for suspension in idle { suspension.resume(returning: false) }
    }

    private func assign(_ write: Write, in state: inout State) -> Assignment {
        state.inProgressCount += 1
        precondition(
            state.inProgressCount <= permits.total,
            "\(state.inProgressCount) writes in progress with \(permits.total) permits")
        if let idle = state.idle.popLast() {
            idle.writer.next = write
            return .idleWriter(idle.suspension)
        }
        state.writerCount += 1
        return .newWriter(Writer(number: state.writerCount - 1))
    }

    /// The life of a writer.
    private func serve(_ first: Write, as writer: Writer) async {
        var write = first
        while true {
            tally.record(.persistAsyncStart, of: write.request)
            do {
                try await runtime.sleep(for: timeNeeded(by: write))
            } catch {
                // The run is over: the write is not done, and nothing says that it is. Its permit goes to nobody, for a
                // request that got it now would start a write too many.
                write.waiter?.resume(returning: false)
                return
            }
            tally.record(.persistDone, of: write.request)
            guard let next = await finish(write, as: writer) else { return }
            write = next
        }
    }

    /// Gives the write's permit back and waits for the next write; nil when there will be none.
    private func finish(_ write: Write, as writer: Writer) async -> Write? {
        let hasNext = await runtime.suspend(Wait(.writerForWrite, writer.number)) { suspension in
            let isClosed = state.withLock { state in
                state.inProgressCount -= 1
                if !state.isClosed { state.idle.append((writer, suspension)) }
                return state.isClosed
            }
            permits.release()
            write.waiter?.resume(returning: true)
            if isClosed { suspension.resume(returning: false) }
        }
        return hasNext ? state.withLock { _ in writer.next } : nil
    }

    private func timeNeeded(by write: Write) -> Duration {
        guard let stall else { return write.delay }
        let now = runtime.now
        return .nanoseconds(stall.end(ofNanoseconds: write.delay.inNanoseconds, from: now.inNanoseconds)) - now
    }
}

/// A green thread that does one write after the other.
private final class Writer: @unchecked Sendable {
    // Unchecked: the store's lock guards `next`.
    let number: UInt64
    @exclusivity(unchecked) var next: Write?

    init(number: UInt64) { self.number = number }
}
