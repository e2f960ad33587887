import Randomness
import TraceModel

/// Time stamps are in another unit than they are read in.
struct WrongUnitOfTime: Fault {
    let identifier = "wrong-time-unit"
    let imitates = "time stamps are read as # of what they are: 1000 takes milliseconds for microseconds"
    let unit = FaultUnit.factor
    let sizes = [1.0001, 1.001, 1.01, 2, 1000]
    let expectedAudits = ["floor"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        guard size != unit.nothing else { return }
        specimen.changeEvents(streams) { events, _ in
            for index in events.indices {
                events[index].nanoseconds = Int64((Double(events[index].nanoseconds) / size).rounded())
            }
        }
    }
}
