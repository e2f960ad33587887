import Auditing
import Randomness
import TraceModel

/// A stage is reported for some requests alone.
struct MissingStage: Fault {
    let identifier = "missing-stage"
    let imitates = "# of the requests do not say when they ask for their permit"
    let unit = FaultUnit.share
    let sizes = [0.000_1, 0.001, 0.01, 0.05, 0.2]
    let expectedAudits = ["stage-sum", "conservation"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.changeEvents(streams) { events, stream in
            events.removeAll { ($0.kind == .requestBlock || $0.kind == .requestNonblock) && stream.isChosen(size) }
        }
    }
}
