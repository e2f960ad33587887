import TestSupport
import Testing
import TraceModel

/// What a random trace is like.
enum TraceShape: CaseIterable, CustomTestStringConvertible {
    /// As a correct program writes it.
    case orderly
    /// The same, with a tenth of the events lost, a tenth doubled, and neighbours swapped.
    case damaged
    /// Any kind with any of a few identifiers, clients and threads.
    case hostile

    var testDescription: String { "\(self)" }
}

func randomEvents(_ shape: TraceShape, seed: UInt64, hasMarkers: Bool) -> [Event] {
    var generator = SeededGenerator(state: seed)
    var events = shape == .hostile ? anything(&generator) : requests(&generator)
    events.sort { $0.nanoseconds < $1.nanoseconds }
    if shape == .damaged {
        events = events.flatMap { event in
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: [Event]()
            case 1: [event, event]
            default: [event]
            }
        }
        for index in events.indices.dropLast() where Int.random(in: 0..<8, using: &generator) == 0 {
            let (left, right) = (events[index].nanoseconds, events[index + 1].nanoseconds)
            events.swapAt(index, index + 1)
            events[index].nanoseconds = left
            events[index + 1].nanoseconds = right
        }
    }
    if hasMarkers, let last = events.last?.nanoseconds {
        let from = Int64.random(in: 0...last, using: &generator)
        let to = Int64.random(in: from...last, using: &generator)
        insert(Event(nanoseconds: from, kind: .measurementStart), into: &events)
        insert(Event(nanoseconds: to, kind: .measurementEnd), into: &events)
    }
    return events
}

private func insert(_ marker: Event, into events: inout [Event]) {
    let index = events.firstIndex { $0.nanoseconds > marker.nanoseconds } ?? events.endIndex
    events.insert(marker, at: index)
}

private func anything(_ generator: inout SeededGenerator) -> [Event] {
    let isOpenLoop = Bool.random(using: &generator)
    let kinds = EventKind.allCases.filter {
        $0 != .measurementStart && $0 != .measurementEnd && ($0 != .requestDue || isOpenLoop)
    }
    return (0..<Int.random(in: 1...90, using: &generator)).map { _ in
        Event(
            nanoseconds: .random(in: 0...60, using: &generator), kind: kinds.randomElement(using: &generator)!,
            request: .random(in: 0...5, using: &generator), client: .random(in: 0...3, using: &generator),
            thread: .random(in: 1...3, using: &generator), value: .random(in: 0...9, using: &generator))
    }
}

private func requests(_ generator: inout SeededGenerator) -> [Event] {
    let clients = UInt32.random(in: 1...4, using: &generator)
    let isOpenLoop = Bool.random(using: &generator)
    var (events, request): ([Event], UInt64) = ([], 0)
    for client in 0..<clients {
        var now = Int64.random(in: 0...5, using: &generator)
        func emit(_ kind: EventKind, _ time: Int64, value: Int64 = 0) {
            let thread = UInt32.random(in: 1...3, using: &generator)
            events.append(
                Event(nanoseconds: time, kind: kind, request: request, client: client, thread: thread, value: value))
        }
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            request += 1
            if isOpenLoop { emit(.requestDue, now, value: .random(in: 0...12, using: &generator)) }
            emit(.requestStart, now)
            now += .random(in: 1...4, using: &generator)
            emit(Bool.random(using: &generator) ? .requestBlock : .requestNonblock, now)
            now += .random(in: 0...6, using: &generator)
            let drawn = Int64.random(in: 0...9, using: &generator)
            emit(.persistStart, now, value: drawn)
            let running = now + .random(in: 1...3, using: &generator)
            emit(.persistAsyncStart, running)
            emit(.persistDone, running + drawn + .random(in: 0...2, using: &generator))
            now += .random(in: 1...4, using: &generator)
            emit(.requestDone, now)
            now += .random(in: 1...9, using: &generator)
        }
    }
    return events
}
