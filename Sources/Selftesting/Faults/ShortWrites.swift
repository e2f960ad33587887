import Randomness
import TraceModel

/// Writes end before the delay that they drew.
struct ShortWrites: Fault {
    let identifier = "short-writes"
    let imitates = "one write in a hundred ends # before its timer"
    let unit = FaultUnit.duration
    let sizes = [10e3, 100e3, 1e6, 10e6]
    let expectedAudits = ["floor"]

    private static let share = 0.01

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.changeEvents(streams) { events, stream in
            var stream = stream
            events.move { event, history in
                guard event.kind == .persistDone, let enqueued = history.enqueued, stream.isChosen(Self.share) else {
                    return 0
                }
                return -min(Int64(size), event.nanoseconds - enqueued)
            }
        }
    }
}
