import Randomness
import TraceModel

/// The load generator sends late, and the report shows the time from the actual start alone.
struct LateSending: Fault {
    let identifier = "late-sending"
    let imitates = "requests of an open loop are sent # late on average, and only the time from then on is shown"
    let unit = FaultUnit.duration
    let sizes = [50e3, 200e3, 1e6, 10e6, 100e6]
    let expectedAudits = ["load-delivered"]
    let system = CleanSystem.openLoop

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.shownStages.removeAll { $0 == .response }
        specimen.changeEvents(streams) { events, stream in
            var stream = stream
            var delays: [UInt64: Int64] = [:]
            for index in events.indices where !events[index].isMarker {
                let request = events[index].request
                if events[index].kind == .requestDue {
                    let delay = stream.nextExponential(mean: size)
                    delays[request] = delay
                    events[index].value += delay
                }
                events[index].nanoseconds += delays[request] ?? 0
            }
            events.sortByTime()
        }
    }
}
