import Quantities
import Randomness
import Synchronization
import TraceModel

/// Counts what happens on its way to the sink, so that a run without a trace has its figures too.
final class Tally: EventSink {
    private let sink: any EventSink
    private let requestsStarted = Atomic(0)
    private let requestsDone = Atomic(0)
    private let blocked = Atomic(0)
    private let nonblocked = Atomic(0)
    private let writesStarted = Atomic(0)
    private let writesDone = Atomic(0)
    private let negativeDraws = Atomic(0)

    init(_ sink: any EventSink) { self.sink = sink }

    func record(_ kind: EventKind, request: UInt64, client: UInt32, value: Int64) {
        sink.record(kind, request: request, client: client, value: value)
        switch kind {
        case .requestStart: requestsStarted.wrappingAdd(1, ordering: .relaxed)
        case .requestDone: requestsDone.wrappingAdd(1, ordering: .relaxed)
        case .requestBlock: blocked.wrappingAdd(1, ordering: .relaxed)
        case .requestNonblock: nonblocked.wrappingAdd(1, ordering: .relaxed)
        case .persistStart: writesStarted.wrappingAdd(1, ordering: .relaxed)
        case .persistDone: writesDone.wrappingAdd(1, ordering: .relaxed)
        case .requestDue, .persistAsyncStart, .measurementStart, .measurementEnd: break
        }
    }

    /// Records that a request was due so long ago.
    func record(due request: Request, lateBy lateness: Duration) {
        record(.requestDue, of: request, value: max(0, lateness.inNanoseconds))
    }

    /// Draws a delay, and counts the draw if it was below zero.
    func draw(_ delay: Delay, from stream: inout RandomStream) -> Duration {
        let draw = delay.draw(from: &stream)
        if draw.isBelowZero { negativeDraws.wrappingAdd(1, ordering: .relaxed) }
        return draw.duration
    }

    /// The counts so far. They are read one after the other while the system goes on, the end of each pair before its
    /// start, so that no more is ever done than was started.
    var counts: EventCounts {
        var counts = EventCounts()
        counts.requestsDone = requestsDone.load(ordering: .acquiring)
        counts.writesDone = writesDone.load(ordering: .acquiring)
        counts.writesStarted = writesStarted.load(ordering: .acquiring)
        counts.blocked = blocked.load(ordering: .acquiring)
        counts.nonblocked = nonblocked.load(ordering: .acquiring)
        counts.requestsStarted = requestsStarted.load(ordering: .acquiring)
        counts.negativeDraws = negativeDraws.load(ordering: .acquiring)
        return counts
    }
}
