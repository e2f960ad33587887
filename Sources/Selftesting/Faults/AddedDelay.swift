import Randomness
import TraceModel

/// The machine makes a stage longer.
struct AddedDelay: Fault {
    let identifier = "machine-adds"
    let imitates = "the machine adds # to each way there through the network"
    let unit = FaultUnit.duration
    let sizes = [100e3, 500e3, 2e6, 10e6, 50e6]
    let expectedAudits = ["oracle"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.changeEvents(streams) { events, _ in
            events.lengthen { event, _ in event.kind == .requestStart ? 0 : Int64(size) }
        }
    }
}
