// Each request alone cannot say how its program writes: where the delay drawn is zero, an asynchronous write may be
// done before its request is, exactly as a synchronous one. So the whole trace decides. A program whose requests wait
// never finishes a request with its write open; one that does not wait does so for nearly all of them.
//
// The limit, 1 in 100, lies where neither is in doubt: lost events make a few open writes of a waiting program (and are
// reported by the audit `drops`), and an asynchronous store faster than the way back in 99 of 100 requests is the one
// case that this gets wrong. Whoever knows how the program was started should say so instead of asking.
//
// How a program writes does not change while it runs, so the first 20 000 requests with a write are asked, not all.

import TraceModel

/// Infers from a trace whether its requests wait for their writes.
///
/// Memory: one entry for each request that has begun its write and has not finished both.
public struct WritesFinder: ~Copyable, Sendable {
    /// More requests than so many are not asked.
    static let requestsAsked = 20_000

    private struct Progress {
        var isRequestDone = false
        var isWriteDone = false
    }

    private var unfinished = KeyedTable<Progress>(initial: Progress())
    /// Requests that were done while their own write was still open.
    public private(set) var doneBeforeWrite = 0
    /// Requests that were done after their own write.
    public private(set) var doneAfterWrite = 0

    public init() {}

    /// What the events say, in the order of time; nil where no request with a write was done.
    public static func writes(of events: some Sequence<Event>) -> Writes? {
        var finder = WritesFinder()
        for event in events {
            finder.add(event)
            if finder.doneBeforeWrite + finder.doneAfterWrite >= requestsAsked { break }
        }
        return finder.finish()
    }

    /// Takes the next event, in the order of time.
    public mutating func add(_ event: Event) {
        switch event.kind {
        case .persistStart:
            _ = unfinished.slot(inserting: event.request)
        case .persistDone:
            guard let slot = unfinished.slot(of: event.request) else { return }
            if unfinished[slot].isRequestDone {
                unfinished.remove(at: slot)
            } else {
                unfinished[slot].isWriteDone = true
            }
        case .requestDone:
            guard let slot = unfinished.slot(of: event.request), !unfinished[slot].isRequestDone else { return }
            if unfinished[slot].isWriteDone {
                doneAfterWrite += 1
                unfinished.remove(at: slot)
            } else {
                doneBeforeWrite += 1
                unfinished[slot].isRequestDone = true
            }
        case .requestDue, .requestStart, .requestBlock, .requestNonblock, .persistAsyncStart, .measurementStart,
            .measurementEnd:
            break
        }
    }

    /// Asynchronous where at least 1 in 100 requests was done before its write; nil where no request with a write was.
    public func finish() -> Writes? {
        let total = doneBeforeWrite + doneAfterWrite
        guard total > 0 else { return nil }
        return doneBeforeWrite * 100 >= total ? .asynchronous : .synchronous
    }
}
