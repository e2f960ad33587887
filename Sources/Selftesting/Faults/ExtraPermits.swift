import Auditing
import Randomness

/// The program lets more writes in than it was told to.
struct ExtraPermits: Fault {
    let identifier = "extra-permits"
    let imitates = "the program has 8 permits and was told to have # fewer"
    let unit = FaultUnit.count
    let sizes = [1.0, 3, 5, 6, 7]
    let expectedAudits = ["response-time-law"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        for index in specimen.trials.indices {
            specimen.trials[index].load.permits = specimen.trials[index].load.permits.map { $0 - Int(size) }
        }
    }
}
