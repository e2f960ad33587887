import Randomness
import TraceModel

/// Events are recorded twice.
struct RepeatedEvents: Fault {
    let identifier = "duplicate-events"
    let imitates = "# of all events are recorded twice"
    let unit = FaultUnit.share
    let sizes = [0.000_1, 0.001, 0.01, 0.05, 0.2]
    let expectedAudits = ["conservation"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.changeEvents(streams) { events, stream in
            events = events.flatMap { !$0.isMarker && stream.isChosen(size) ? [$0, $0] : [$0] }
        }
    }
}
