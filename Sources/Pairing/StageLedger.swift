// The books of one stage. Every start and every done in the window is entered once, under what became of it:
//
//     starts = paired + open + overwrittenStarts            dones = paired + unmatchedDones + startedBefore
//
// How many starts and dones there are is counted by the kinds of events alone, so that the two sides know nothing of each other.
// Membership in the window goes by an event's own time, so that it does not depend on the order of delivery. Sums wrap
// (`&+`): they are exact as long as the result fits, whatever the order, and a damaged trace cannot trap.

import TraceModel

/// Counts and times of one stage while events come in.
struct StageLedger: Sendable {
    private var counts = PairingCounts()
    private var spans: Int64 = 0
    private var carriedIn: Int64 = 0
    private var openStarts: [Int64] = []

    /// Enters what a start overwrites if its key had a mark.
    @inline(__always)
    mutating func enterStart(at time: Int64, overwriting mark: Int64?, _ window: TraceWindow) {
        guard let mark else { return }
        if mark >= window.start {
            counts.overwrittenStarts &+= 1
        } else {
            carriedIn &+= max(time, window.start) &- window.start
        }
    }

    /// Enters whether a start overwrites a mark of the window.
    @inline(__always)
    mutating func enterStart(overwritingMark isMarked: Bool) { counts.overwrittenStarts &+= isMarked.asCount }

    /// Enters a done that found the mark, or none.
    ///
    /// - Returns: Whether the two are a span of the window.
    @inline(__always)
    mutating func enterDone(at time: Int64, mark: Int64?, _ window: TraceWindow) -> Bool {
        guard time >= window.start else { return false }
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

    /// Enters a span of the window.
    ///
    /// What is known where it is called, as that a pairing by request never mixes two, costs nothing there.
    @inline(__always)
    mutating func enter(_ span: Span) {
        let elapsed = span.elapsedNanoseconds
        spans &+= elapsed
        counts.paired &+= 1
        counts.changedThread &+= (span.startThread != span.doneThread).asCount
        // Between two requests of a client lies the time to think: they are never one.
        if span.stage != .think { counts.mismatchedRequests &+= (span.request != span.doneRequest).asCount }
        counts.negative &+= (elapsed < 0).asCount
        if let drawn = span.drawnDelay { counts.shorterThanDrawn &+= (elapsed < drawn).asCount }
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
    ///
    /// - Parameters:
    ///   - starts: The events that begin the stage, as they were counted.
    ///   - dones: Those that end it.
    func closed(
        _ window: TraceWindow, _ starts: EventFlow, _ dones: EventFlow
    ) -> StageOutcome {
        var counts = counts
        (counts.starts, counts.dones) = (starts.count, dones.count)
        precondition(
            counts.isBalanced, "the books of a stage do not balance; this is a mistake of the pairer: \(counts)")
        return StageOutcome(
            counts: counts, openStarts: openStarts.sorted(),
            flight: FlightTime(
                countedNanoseconds: starts.nanoseconds &- dones.nanoseconds,
                spanNanoseconds: spans,
                carriedInNanoseconds: carriedIn,
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
