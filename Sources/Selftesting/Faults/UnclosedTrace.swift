import Auditing
import Randomness
import TraceModel

/// The program is killed before it ends.
struct UnclosedTrace: Fault {
    let identifier = "unclosed-trace"
    let imitates = "the program is killed # before it would have ended"
    let unit = FaultUnit.duration
    let sizes = [100e6, 1e9, 5e9, 15e9]
    let expectedAudits = ["drops"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        guard size > 0 else { return }
        for index in specimen.trials.indices {
            let end = specimen.trials[index].events.last?.nanoseconds ?? 0
            specimen.trials[index].events.removeAll { $0.nanoseconds > end - Int64(size) }
            specimen.trials[index].condition.isClosed = false
        }
    }
}
