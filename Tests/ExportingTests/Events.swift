import Pairing
import TraceModel

/// A request whose write begins on one thread and ends on another, in nanoseconds of its own, with its markers around it.
func wanderer(_ request: UInt64 = 7, from start: Int64 = 0) -> [Event] {
    let steps: [(Int64, EventKind, UInt32, UInt16, Int64)] = [
        (0, .requestStart, 4711, 0, 0), (1_500_000, .requestNonblock, 4712, 1, 0),
        (1_600_000, .persistStart, 4712, 1, 50_000_000), (1_700_000, .persistAsyncStart, 4711, 0, 0),
        (3_000_000, .requestDone, 4711, 0, 0), (51_800_000, .persistDone, 4713, 1, 0),
    ]
    return steps.map { time, kind, thread, cpu, value in
        Event(
            nanoseconds: start + time, kind: kind, request: request, client: 3, thread: thread, cpu: cpu, value: value)
    }
}

/// So many of them, which overlap each other.
func crowd(_ count: UInt64) -> [Event] {
    let events = (1...count).flatMap { request in
        wanderer(request, from: Int64(request) * 7_000_000 + Int64(request % 5) * 100_003)
    }
    return events.enumerated().sorted { ($0.element.nanoseconds, $0.offset) < ($1.element.nanoseconds, $1.offset) }
        .map(\.element)
}

func header(process: UInt32 = 4711, clock: TraceFormat.Clock = .monotonic, description: String = "") -> TraceHeader {
    TraceHeader(
        clock: clock, process: process, startNanosecondsSinceEpoch: 1_700_000_000_500_000_000, chunksClaimed: 0,
        eventsDropped: 2, eventsRecorded: nil, description: description, isClosed: true)
}

func whole(_ events: [Event]) -> TraceWindow { TraceWindow(of: TraceOutline(of: events)!) }
