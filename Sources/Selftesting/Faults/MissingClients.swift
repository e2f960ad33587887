import Auditing
import Randomness
import TraceModel

/// Some clients never start.
struct MissingClients: Fault {
    let identifier = "missing-clients"
    let imitates = "# of 50 clients never start"
    let unit = FaultUnit.count
    let sizes = [1.0, 2, 5, 10, 25]
    let expectedAudits = ["load-delivered", "response-time-law"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.changeEvents(streams) { events, _ in events.removeAll { !$0.isMarker && $0.client < UInt32(size) } }
    }
}
