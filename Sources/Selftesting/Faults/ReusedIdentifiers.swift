import Randomness
import TraceModel

/// Two requests that are in flight together carry one identifier.
struct ReusedIdentifiers: Fault {
    let identifier = "reused-identifier"
    let imitates = "# of the requests carry the identifier of the request that was made before them"
    let unit = FaultUnit.share
    let sizes = [0.000_1, 0.001, 0.01, 0.05, 0.2]
    let expectedAudits = ["conservation"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.changeEvents(streams) { events, stream in
            var names: [UInt64: UInt64] = [:]
            var previous: UInt64?
            for index in events.indices where !events[index].isMarker {
                let request = events[index].request
                if events[index].kind == .requestStart {
                    if stream.isChosen(size), let previous { names[request] = previous }
                    previous = request
                }
                if let name = names[request] { events[index].request = name }
            }
        }
    }
}
