import Randomness
import TraceModel

/// Work moves between threads.
struct SwappedThreads: Fault {
    let identifier = "swap-thread"
    let imitates = "# of all events happen on another thread than the one that their request or write is on"
    let unit = FaultUnit.share
    let sizes = [0.000_1, 0.001, 0.01, 0.05, 0.5]
    let expectedAudits = ["pairing"]
    let isOfThreads = true

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.changeEvents(streams) { events, stream in
            let threads = events.map(\.thread)
            for index in events.indices where !events[index].isMarker {
                let other = threads[Int(stream.next(below: UInt64(threads.count)))]
                if stream.isChosen(size) { events[index].thread = other }
            }
        }
    }
}
