import Randomness
import TraceModel

/// Delays are reported in another unit than they are read in.
struct WrongUnitOfDelay: Fault {
    let identifier = "wrong-delay-unit"
    let imitates =
        "the delays that writes drew are reported as # of what they are: 1000 gives microseconds for nanoseconds"
    let unit = FaultUnit.factor
    let sizes = [1.01, 1.1, 2, 10, 1000]
    let expectedAudits = ["overshoot"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        guard size != unit.nothing else { return }
        specimen.changeEvents(streams) { events, _ in
            for index in events.indices where events[index].kind == .persistStart {
                events[index].value = Int64((Double(events[index].value) / size).rounded())
            }
        }
    }
}
