import Auditing
import Randomness

/// The clock does not run evenly.
struct UnevenClock: Fault {
    let identifier = "uneven-clock"
    let imitates = "a calibration of the clock lies # off the line through its neighbours"
    let unit = FaultUnit.duration
    let sizes = [1e3, 5e3, 20e3, 100e3, 1e6]
    let expectedAudits = ["clock"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        for index in specimen.trials.indices {
            let residual = specimen.trials[index].machine.clock?.largestResidualNanoseconds ?? 0
            specimen.trials[index].machine.clock?.largestResidualNanoseconds = max(residual, size)
        }
    }
}
