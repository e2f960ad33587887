import Randomness
import TraceModel

/// Each trial is slower than the one before it.
struct DriftAcrossTrials: Fault {
    let identifier = "drift-across-trials"
    let imitates = "each trial's system is slower by # of the first one's than the trial before"
    let unit = FaultUnit.share
    let sizes = [0.000_5, 0.002, 0.01, 0.05, 0.2]
    let expectedAudits = ["independence", "oracle"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        for index in specimen.trials.indices where size > 0 {
            let slowing = size * Double(specimen.trials[index].order)
            specimen.trials[index].events.slow { _ in slowing }
        }
    }
}
