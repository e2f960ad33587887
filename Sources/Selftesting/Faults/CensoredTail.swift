import Randomness
import TraceModel

/// Slow writes are not seen to their end.
struct CensoredTail: Fault {
    let identifier = "censored-tail"
    let imitates = "the slowest # of the writes are still open when the window closes, and the finished ones look fast"
    let unit = FaultUnit.share
    let sizes = [0.005, 0.02, 0.06, 0.1, 0.3]
    let expectedAudits = ["censoring"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.changeEvents(streams) { events, _ in
            guard let window = events.window else { return }
            var starts: [UInt64: Int64] = [:]
            var writes: [(request: UInt64, elapsed: Int64)] = []
            for event in events where window.contains(event.nanoseconds) {
                if event.kind == .persistStart { starts[event.request] = event.nanoseconds }
                if event.kind == .persistDone, let start = starts[event.request] {
                    writes.append((event.request, event.nanoseconds - start))
                }
            }
            // Equally slow ones in the order of their identifiers.
            writes.sort { ($1.elapsed, $0.request) < ($0.elapsed, $1.request) }
            let slowest = Set(writes.prefix(Int((size * Double(writes.count)).rounded())).map(\.request))
            events.removeAll { $0.kind == .persistDone && slowest.contains($0.request) }
        }
    }
}
