import Randomness
import TraceModel

/// The window opens while the system still starts up.
struct TruncatedWarmUp: Fault {
    let identifier = "truncated-warm-up"
    let imitates = "the window opens # before the warm-up of 5 s is over"
    let unit = FaultUnit.duration
    let sizes = [1e9, 3e9, 4e9, 4.8e9, 5e9]
    let expectedAudits = ["steady-state"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.changeEvents(streams) { events, _ in
            for index in events.indices where events[index].kind == .measurementStart {
                events[index].nanoseconds -= Int64(size)
            }
            events.sortByTime()
        }
    }
}
