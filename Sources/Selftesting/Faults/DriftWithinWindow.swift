import Randomness
import TraceModel

/// The system becomes slower while it is measured.
struct DriftWithinWindow: Fault {
    let identifier = "drift-within-window"
    let imitates = "the system becomes slower while the window is open, by # at its end"
    let unit = FaultUnit.share
    let sizes = [0.01, 0.05, 0.1, 0.2, 0.5, 1]
    let expectedAudits = ["steady-state"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        specimen.changeEvents(streams) { events, _ in
            guard size > 0, let window = events.window else { return }
            let length = Double(window.upperBound - window.lowerBound)
            events.slow { start in size * min(max(Double(start - window.lowerBound) / length, 0), 1) }
        }
    }
}
