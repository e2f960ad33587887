import Randomness
import TraceModel

/// The program hangs for the rest of the window.
struct HungProgram: Fault {
    let identifier = "hang"
    let imitates = "the program does nothing in the last # of the window of 20 s"
    let unit = FaultUnit.duration
    let sizes = [1e9, 2e9, 5e9, 10e9, 20e9]
    let expectedAudits = ["response-time-law", "sample-size"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        guard size > 0 else { return }
        specimen.changeEvents(streams) { events, _ in
            guard let window = events.window else { return }
            events.removeAll { !$0.isMarker && $0.nanoseconds >= window.upperBound - Int64(size) }
        }
    }
}
