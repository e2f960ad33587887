// Pairing by definition: for each event, look through all the others. Slow, and too plain to be wrong in the same way
// as the pairers. Events must be in the order of time.
//
// A response begins when its request was due, not when that was recorded. So it is followed behind the window too: what
// was due in the window and done after it is open.

import Pairing
import TraceModel

struct ReferencePairing {
    let events: [Event]
    let window: TraceWindow
    let key: PairingKey
    let writes: Writes

    /// A marker's own instant is the next window's.
    private var lastInstant: Int64 { window.hasEndMarker ? window.end - 1 : window.end }

    func isStart(_ event: Event, of stage: Stage) -> Bool {
        switch stage {
        case .request, .outboundNetwork: event.kind == .requestStart
        case .response: event.kind == .requestDue && event.dueNanoseconds <= lastInstant
        case .queueWait: event.kind == .requestBlock || event.kind == .requestNonblock
        case .persist: event.kind == .persistStart
        case .persistAsync: event.kind == .persistAsyncStart
        case .returnNetwork: event.kind == (writes == .asynchronous ? .persistStart : .persistDone)
        case .think: event.kind == .requestDone
        }
    }

    /// When the stage that the event starts begins.
    func startTime(_ event: Event, of stage: Stage) -> Int64 {
        stage == .response ? event.dueNanoseconds : event.nanoseconds
    }

    func isDone(_ index: Int, of stage: Stage) -> Bool {
        let event = events[index]
        switch stage {
        case .request, .response, .returnNetwork: return event.kind == .requestDone
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

    func isSeen(_ event: Event, _ stage: Stage) -> Bool {
        switch key {
        case .request: event.nanoseconds <= lastInstant || stage == .response
        case .thread: isInside(event.nanoseconds)
        }
    }

    /// The start that a done at the index would end: the last one of its key, unless a done of its key or the
    /// request's release came after it.
    func mark(before index: Int, like event: Event, _ stage: Stage) -> Int? {
        for earlier in (0..<index).reversed()
        where isSeen(events[earlier], stage) && sameKey(events[earlier], event, stage) {
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
        for stage in [Stage.request, .response, .persist, .persistAsync, .returnNetwork] {
            for earlier in (0...index).reversed() where events[earlier].request == events[index].request {
                if isStart(events[earlier], of: stage) { return false }
                if isDone(earlier, of: stage) { break }
            }
        }
        return true
    }

    func isInside(_ time: Int64) -> Bool { time >= window.start && time <= lastInstant }

    /// All spans that end before the window closes; by thread those that lie in it.
    func spans(_ stage: Stage) -> [Span] {
        let ends = events.indices.filter { index in
            let time = events[index].nanoseconds
            return isDone(index, of: stage) && (key == .request ? time <= lastInstant : isInside(time))
        }
        return ends.compactMap { done in
            guard let start = mark(before: done, like: events[done], stage) else { return nil }
            let (from, to) = (events[start], events[done])
            let began = startTime(from, of: stage)
            let isInWindow = isInside(began) && isInside(to.nanoseconds)
            guard isInWindow || key == .request else { return nil }
            return Span(
                stage: stage, request: from.request, doneRequest: to.request, client: from.client,
                start: began, done: to.nanoseconds, startThread: from.thread, doneThread: to.thread,
                drawnDelay: stage == .persist || stage == .persistAsync ? drawnDelay(start, done) : nil,
                isBlocked: key == .thread || stage == .think ? nil : isBlocked(done), isInWindow: isInWindow)
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
        let spans = spans(stage).filter(\.isInWindow)
        counts.paired = spans.count
        counts.changedThread = spans.count { $0.startThread != $0.doneThread }
        counts.mismatchedRequests = stage == .think ? 0 : spans.count { $0.request != $0.doneRequest }
        counts.negative = spans.count { $0.done < $0.start }
        counts.shorterThanDrawn = spans.count { span in span.drawnDelay.map { span.done - span.start < $0 } ?? false }
        for (index, event) in events.enumerated() {
            if isDone(index, of: stage), isInside(event.nanoseconds) {
                counts.dones += 1
                switch mark(before: index, like: event, stage).map({ isInside(startTime(events[$0], of: stage)) }) {
                case nil: counts.unmatchedDones += 1
                case false?: counts.startedBefore += 1
                case true?: break
                }
            }
            if isStart(event, of: stage), isInside(startTime(event, of: stage)) {
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
        guard isSeen(events[start], stage) else { return .open }
        for later in (start + 1)..<max(events.count, start + 1)
        where isSeen(events[later], stage) && sameKey(events[later], events[start], stage) {
            if isDone(later, of: stage) { return events[later].nanoseconds <= lastInstant ? .done : .open }
            if isStart(events[later], of: stage) { return .overwritten }
            if isReleased(at: later), stage != .think { return .open }
        }
        return .open
    }

    /// ∫ N(t) dt over the window: from event to event, N times the time between.
    func countedNanoseconds(_ stage: Stage) -> Int64 {
        var changes: [(time: Int64, by: Int64)] = []
        for (index, event) in events.enumerated() {
            if isStart(event, of: stage) { changes.append((startTime(event, of: stage), 1)) }
            if isDone(index, of: stage) { changes.append((event.nanoseconds, -1)) }
        }
        var (integral, inFlight, last) = (Int64(0), Int64(0), window.start)
        for change in changes.sorted(by: { $0.time < $1.time }) where change.time <= lastInstant {
            let time = max(change.time, window.start)
            integral += inFlight * (time - last)
            last = time
            inFlight += change.by
        }
        return integral + inFlight * (window.end - last)
    }
}
