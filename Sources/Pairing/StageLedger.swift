// The books of one stage. Every start and every done in the window is entered once, under what became of it:
//
//     starts = paired + open + overwrittenStarts            dones = paired + unmatchedDones + startedBefore
//
// Membership in the window goes by an event's own time, so that it does not depend on the order of delivery. Sums wrap
// (`&+`): they are exact as long as the result fits, whatever the order, and a damaged trace cannot trap.

import TraceModel

/// Counts and times of one stage while events come in.
struct StageLedger: Sendable {
    private(set) var counts = PairingCounts()
    private var counted: Int64 = 0
    private var spans: Int64 = 0
    private var carriedIn: Int64 = 0
    private var openStarts: [Int64] = []

    /// Enters a start, and what it overwrites if its key had a mark.
    @inline(__always)
    mutating func enterStart(at time: Int64, overwriting mark: Int64?, _ window: TraceWindow) {
        if time >= window.start { counts.starts &+= 1 }
        counted &+= window.end &- max(time, window.start)
        guard let mark else { return }
        if mark >= window.start {
            counts.overwrittenStarts &+= 1
        } else {
            carriedIn &+= max(time, window.start) &- window.start
        }
    }

    /// Enters a done that found the mark, or none.
    ///
    /// - Returns: Whether the two are a span of the window.
    @inline(__always)
    mutating func enterDone(at time: Int64, mark: Int64?, _ window: TraceWindow) -> Bool {
        counted &-= window.end &- max(time, window.start)
        guard time >= window.start else { return false }
        counts.dones &+= 1
        guard let mark else {
            counts.unmatchedDones &+= 1
            return false
        }
        guard mark >= window.start else {
            counts.startedBefore &+= 1
            carriedIn &+= time &- window.start
            return false
        }
        return true
    }

    /// Enters the spans that are of the window; all are of this stage.
    mutating func enter(_ stage: Stage, _ spans: UnsafeBufferPointer<Span>) {
        // The sums are the loop's own while it runs: they stay in registers.
        var (nanoseconds, paired, changedThread, mismatched, negative, short) = (Int64(0), 0, 0, 0, 0, 0)
        for span in spans where span.isInWindow {
            let elapsed = span.elapsedNanoseconds
            paired &+= 1
            nanoseconds &+= elapsed
            changedThread &+= span.startThread == span.doneThread ? 0 : 1
            mismatched &+= span.request == span.doneRequest ? 0 : 1
            negative &+= elapsed < 0 ? 1 : 0
            // Nothing is shorter than a delay that is unknown.
            short &+= elapsed < span.drawnDelay ?? .min ? 1 : 0
        }
        self.spans &+= nanoseconds
        counts.paired &+= paired
        counts.changedThread &+= changedThread
        // Between two requests of a client lies the time to think: they are never one.
        if stage != .think { counts.mismatchedRequests &+= mismatched }
        counts.negative &+= negative
        counts.shorterThanDrawn &+= short
    }

    /// Enters a mark whose request ended without the stage's done.
    @inline(__always)
    mutating func enterAbandoned(_ mark: Int64, _ window: TraceWindow) {
        if mark >= window.start { counts.open &+= 1 }
    }

    /// Enters a mark that is still set when the window closes.
    mutating func enterOpen(_ mark: Int64, _ window: TraceWindow) {
        guard mark >= window.start else {
            carriedIn &+= window.end &- window.start
            return
        }
        counts.open &+= 1
        openStarts.append(mark)
    }

    /// The books, closed and balanced.
    func closed(_ window: TraceWindow, seesBeforeWindow: Bool) -> StageOutcome {
        precondition(
            counts.isBalanced, "the books of a stage do not balance; this is a mistake of the pairer: \(counts)")
        return StageOutcome(
            counts: counts, openStarts: openStarts.sorted(),
            flight: FlightTime(
                countedNanoseconds: seesBeforeWindow ? counted : nil, spanNanoseconds: spans,
                carriedInNanoseconds: seesBeforeWindow ? carriedIn : nil,
                openNanoseconds: openStarts.reduce(0) { $0 &+ (window.end &- $1) }))
    }
}

extension PairingCounts {
    /// Whether every start and every done of the window is accounted for exactly once:
    /// `starts = paired + open + overwrittenStarts` and `dones = paired + unmatchedDones + startedBefore`.
    public var isBalanced: Bool {
        starts == paired + open + overwrittenStarts && dones == paired + unmatchedDones + startedBefore
    }
}
