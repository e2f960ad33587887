import Randomness

/// Trials of two builds are pooled.
struct MixedProvenance: Fault {
    let identifier = "mixed-provenance"
    let imitates = "# of 12 trials come from another build of the program"
    let unit = FaultUnit.count
    let sizes = [1.0, 3, 6]
    let expectedAudits = ["provenance"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        // Half of them at the most, so that they stay mixed.
        for index in specimen.trials.indices.suffix(min(Int(size), specimen.trials.count / 2)) {
            specimen.trials[index].provenance["binary"] = "0ddba11"
        }
    }
}
