import Randomness
import TraceModel

/// Events vanish without a word.
struct LostEvents: Fault {
    let identifier = "drop-events"
    let imitates = "# of all events vanish, and nobody counts them"
    let unit = FaultUnit.share
    let sizes = [0.000_1, 0.001, 0.01, 0.05, 0.2]
    let expectedAudits = ["conservation"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.changeEvents(streams) { events, stream in
            events.removeAll { !$0.isMarker && stream.isChosen(size) }
        }
    }
}
