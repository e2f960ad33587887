import Auditing
import Randomness
import TraceModel

/// The clock is too coarse for what it times.
struct CoarseClock: Fault {
    let identifier = "coarse-clock"
    let imitates = "the clock goes on in steps of #"
    let unit = FaultUnit.duration
    let sizes = [10.0, 100, 1e3, 10e3, 100e3, 1e6, 10e6]
    let expectedAudits = ["clock", "floor"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        guard size > 0 else { return }
        let step = Int64(size)
        specimen.changeEvents(streams) { events, _ in
            for index in events.indices { events[index].nanoseconds = events[index].nanoseconds / step * step }
        }
        for index in specimen.trials.indices { specimen.trials[index].machine.clock?.resolutionNanoseconds = size }
    }
}
