import Randomness
import TraceModel

/// The clocks of two CPUs disagree.
struct ShiftedClock: Fault {
    let identifier = "shifted-clock"
    let imitates = "one of four CPUs has a clock that is # ahead"
    let unit = FaultUnit.duration
    let sizes = [100.0, 1e3, 10e3, 100e3, 1e6, 10e6]
    let expectedAudits = ["conservation"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.changeEvents(streams) { events, _ in
            events.move { event, _ in event.cpu == 1 ? Int64(size) : 0 }
        }
    }
}
