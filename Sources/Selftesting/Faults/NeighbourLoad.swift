import Auditing
import Monitoring
import Randomness
import TraceModel

/// A neighbour takes CPU time, and writes end later for it.
struct NeighbourLoad: Fault {
    let identifier = "neighbour-load"
    let imitates = "other processes use # of the CPU time, and timers are late by as much of 10 ms"
    let unit = FaultUnit.share
    let sizes = [0.02, 0.05, 0.15, 0.3, 0.6]
    let expectedAudits = ["environment"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        for index in specimen.trials.indices {
            var stream = streams.split("\(index)").stream
            specimen.trials[index].events.move { event, _ in
                event.kind == .persistDone ? stream.nextExponential(mean: size * 10e6) : 0
            }
            specimen.trials[index].machine.environment?.otherLoadShare? += size
            specimen.trials[index].machine.environment?.cpuPressureShare? += size / 2
            specimen.trials[index].machine.involuntarySwitchesPerSecond? += 2_000 * size
        }
    }
}
