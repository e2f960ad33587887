import Randomness
import TraceModel

/// The ends of spans vanish without a word.
struct LostDones: Fault {
    let identifier = "drop-dones"
    let imitates = "# of all request-done and persist-done vanish, and nobody counts them"
    let unit = FaultUnit.share
    let sizes = [0.000_1, 0.001, 0.01, 0.05, 0.2]
    let expectedAudits = ["conservation"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.changeEvents(streams) { events, stream in
            events.removeAll { ($0.kind == .requestDone || $0.kind == .persistDone) && stream.isChosen(size) }
        }
    }
}
