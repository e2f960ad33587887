// Pairing by definition: for each event, look through all the others. Slow, and too plain to be wrong in the same way
// as the pairers. Events must be in the order of time.

import Pairing
import TraceModel

struct ReferencePairing {
    let events: [Event]
    let window: TraceWindow
    let key: PairingKey
    let writes: Writes

    func isStart(_ event: Event, of stage: Stage) -> Bool {
        switch stage {
        case .request, .outboundNetwork: event.kind == .requestStart
        case .queueWait: event.kind == .requestBlock || event.kind == .requestNonblock
        case .persist: event.kind == .persistStart
        case .persistAsync: event.kind == .persistAsyncStart
        case .returnNetwork: event.kind == (writes == .asynchronous ? .persistStart : .persistDone)
        case .think: event.kind == .requestDone
        }
    }

    func isDone(_ index: Int, of stage: Stage) -> Bool {
        let event = events[index]
        switch stage {
        case .request, .returnNetwork: return event.kind == .requestDone
        case .outboundNetwork: return event.kind == .requestBlock || event.kind == .requestNonblock
        case .queueWait: return event.kind == .persistStart
        case .persist, .persistAsync: return event.kind == .persistDone
        case .think:
            let isKnown = events[..<index].contains {
                $0.client == event.client && ($0.kind == .requestStart || $0.kind == .requestDone)
            }
            return event.kind == .requestStart && isKnown
        }
    }

    func sameKey(_ left: Event, _ right: Event, _ stage: Stage) -> Bool {
        switch (key, stage) {
        case (.thread, _): left.thread == right.thread
        case (.request, .think): left.client == right.client
        case (.request, _): left.request == right.request
        }
    }

    func isSeen(_ event: Event) -> Bool {
        event.nanoseconds <= window.end && (key == .request || event.nanoseconds >= window.start)
    }

    /// The start that a done at the index would end: the last one of its key, unless a done of its key or the
    /// request's release came after it.
    func mark(before index: Int, like event: Event, _ stage: Stage) -> Int? {
        for earlier in (0..<index).reversed() where isSeen(events[earlier]) && sameKey(events[earlier], event, stage) {
            if isReleased(at: earlier), stage != .think { return nil }
            if isStart(events[earlier], of: stage) { return earlier }
            if isDone(earlier, of: stage) { return nil }
        }
        return nil
    }

    /// Whether the event at the index leaves its request and its write with nothing open.
    func isReleased(at index: Int) -> Bool {
        guard key == .request, events[index].kind == .requestDone || events[index].kind == .persistDone else {
            return false
        }
        for stage in [Stage.request, .persist, .persistAsync, .returnNetwork] {
            for earlier in (0...index).reversed() where events[earlier].request == events[index].request {
                if isStart(events[earlier], of: stage) { return false }
                if isDone(earlier, of: stage) { break }
            }
        }
        return true
    }

    func isInside(_ event: Event) -> Bool { (window.start...window.end).contains(event.nanoseconds) }

    func spans(_ stage: Stage) -> [Span] {
        events.indices.filter { isDone($0, of: stage) && isInside(events[$0]) }.compactMap { done in
            guard let start = mark(before: done, like: events[done], stage), isInside(events[start]) else { return nil }
            let (from, to) = (events[start], events[done])
            return Span(
                stage: stage, request: from.request, doneRequest: to.request, client: from.client,
                start: from.nanoseconds, done: to.nanoseconds, startThread: from.thread, doneThread: to.thread,
                drawnDelay: stage == .persist || stage == .persistAsync ? drawnDelay(start, done) : nil,
                isBlocked: key == .thread || stage == .think ? nil : isBlocked(done))
        }
    }

    /// By request the last delay that the request drew before the done; by thread the last before the start.
    private func drawnDelay(_ start: Int, _ done: Int) -> Int64? {
        for earlier in (0...(key == .request ? done : start)).reversed()
        where events[earlier].request == events[start].request {
            if events[earlier].kind == .persistStart { return events[earlier].value }
            if key == .thread ? events[earlier].kind == .persistDone : isReleased(at: earlier) && earlier < done {
                return nil
            }
        }
        return nil
    }

    private func isBlocked(_ done: Int) -> Bool? {
        for earlier in (0...done).reversed() where events[earlier].request == events[done].request {
            switch events[earlier].kind {
            case .requestBlock: return true
            case .requestNonblock: return false
            case .requestStart: return nil
            default: if earlier < done, isReleased(at: earlier) { return nil }
            }
        }
        return nil
    }

    func counts(_ stage: Stage) -> PairingCounts {
        var counts = PairingCounts()
        let spans = spans(stage)
        counts.paired = spans.count
        counts.changedThread = spans.count { $0.startThread != $0.doneThread }
        counts.mismatchedRequests = stage == .think ? 0 : spans.count { $0.request != $0.doneRequest }
        counts.negative = spans.count { $0.done < $0.start }
        counts.shorterThanDrawn = spans.count { span in span.drawnDelay.map { span.done - span.start < $0 } ?? false }
        for (index, event) in events.enumerated() where isInside(event) {
            if isDone(index, of: stage) {
                counts.dones += 1
                switch mark(before: index, like: event, stage).map({ isInside(events[$0]) }) {
                case nil: counts.unmatchedDones += 1
                case false?: counts.startedBefore += 1
                case true?: break
                }
            }
            if isStart(event, of: stage) {
                counts.starts += 1
                switch fate(index, stage) {
                case .overwritten: counts.overwrittenStarts += 1
                case .open: counts.open += 1
                case .done: break
                }
            }
        }
        return counts
    }

    private enum Fate { case done, overwritten, open }

    private func fate(_ start: Int, _ stage: Stage) -> Fate {
        for later in (start + 1)..<max(events.count, start + 1)
        where isSeen(events[later]) && sameKey(events[later], events[start], stage) {
            if isDone(later, of: stage) { return .done }
            if isStart(events[later], of: stage) { return .overwritten }
            if isReleased(at: later), stage != .think { return .open }
        }
        return .open
    }

    /// ∫ N(t) dt over the window: from event to event, N times the time between.
    func countedNanoseconds(_ stage: Stage) -> Int64 {
        var (integral, inFlight, last) = (Int64(0), Int64(0), window.start)
        for (index, event) in events.enumerated() where event.nanoseconds <= window.end {
            let time = max(event.nanoseconds, window.start)
            integral += inFlight * (time - last)
            last = time
            if isStart(event, of: stage) { inFlight += 1 }
            if isDone(index, of: stage) { inFlight -= 1 }
        }
        return integral + inFlight * (window.end - last)
    }
}
