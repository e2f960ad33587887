import Auditing
import Randomness
import TraceModel

/// Recording takes time, which every event after it is later by, and the program says how much.
struct SlowRecorder: Fault {
    let identifier = "slow-recorder"
    let imitates = "recording an event takes # longer"
    let unit = FaultUnit.duration
    let sizes = [50, 200, 1e3, 10e3, 100e3, 1e6]
    let expectedAudits = ["observer"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        let cost = Int64(size)
        specimen.changeEvents(streams) { events, _ in
            events.lengthen(thinking: cost) { event, _ in cost * Self.eventsBefore(event.kind) }
        }
        for index in specimen.trials.indices { specimen.trials[index].machine.recordingNanoseconds? += size }
    }

    /// How many events are recorded on the way of a request before one of this kind.
    private static func eventsBefore(_ kind: EventKind) -> Int64 {
        switch kind {
        case .requestDue, .requestStart, .measurementStart, .measurementEnd: 0
        case .requestNonblock, .requestBlock: 1
        case .persistStart: 2
        // The answer goes back while the write is still to come.
        case .requestDone, .persistAsyncStart: 3
        case .persistDone: 4
        }
    }
}
