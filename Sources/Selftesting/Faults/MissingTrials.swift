import Auditing
import Randomness

/// Trials fail.
struct MissingTrials: Fault {
    let identifier = "missing-trials"
    let imitates = "# of 12 trials fail for good"
    let unit = FaultUnit.count
    let sizes = [1.0, 3, 6, 12]
    let expectedAudits = ["missing-trials"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        let failed = specimen.trials.suffix(Int(size))
        specimen.missing += failed.map {
            MissingTrialEvidence(identifier: $0.identifier, reason: "It ended with status 1.")
        }
        specimen.trials.removeLast(failed.count)
    }
}
