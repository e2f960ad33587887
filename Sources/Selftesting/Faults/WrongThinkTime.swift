import Auditing
import Randomness
import TraceModel

/// Clients think for longer than they were told to.
struct WrongThinkTime: Fault {
    let identifier = "wrong-think-time"
    let imitates = "clients think # longer than declared"
    let unit = FaultUnit.share
    let sizes = [0.005, 0.02, 0.05, 0.1, 0.5]
    let expectedAudits = ["response-time-law", "oracle"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        for index in specimen.trials.indices {
            let longer = Int64(size * (specimen.trials[index].load.meanThinkNanoseconds ?? 0))
            specimen.trials[index].events.lengthen(thinking: longer)
        }
    }
}
