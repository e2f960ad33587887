import Randomness
import TraceModel

/// The store stands still, and nobody declared it.
struct StandingStore: Fault {
    let identifier = "stall"
    let imitates = "every two seconds the store stands still for #, which nobody declared"
    let unit = FaultUnit.duration
    let sizes = [1e6, 5e6, 20e6, 100e6, 500e6]
    let expectedAudits = ["overshoot", "oracle"]

    private static let periodNanoseconds: Int64 = 2_000_000_000

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        let stall = Int64(size)
        specimen.changeEvents(streams) { events, _ in
            events.move { event, history in
                guard event.kind == .persistDone, let enqueued = history.enqueued else { return 0 }
                let sinceStall = enqueued % Self.periodNanoseconds
                // Begun while it stands still, or before a stall that it meets.
                if sinceStall < stall { return stall - sinceStall }
                return event.nanoseconds - enqueued >= Self.periodNanoseconds - sinceStall ? stall : 0
            }
        }
    }
}
