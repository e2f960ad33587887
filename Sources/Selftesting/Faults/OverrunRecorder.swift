import Auditing
import Randomness
import TraceModel

/// The recorder cannot keep up, and says so.
struct OverrunRecorder: Fault {
    let identifier = "recorder-overrun"
    let imitates = "the recorder cannot keep # of the events, and counts them"
    let unit = FaultUnit.share
    let sizes = [0.000_1, 0.001, 0.01, 0.02, 0.1]
    let expectedAudits = ["drops"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        for index in specimen.trials.indices {
            var stream = streams.split("\(index)").stream
            let count = specimen.trials[index].events.count
            specimen.trials[index].events.removeAll { !$0.isMarker && stream.isChosen(size) }
            specimen.trials[index].condition.droppedEvents += count - specimen.trials[index].events.count
        }
    }
}
