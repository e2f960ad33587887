import Auditing
import Randomness
import TraceModel

/// The file is damaged: what a stream recorded behind the damage is gone.
struct DamagedTrace: Fault {
    let identifier = "damaged-trace"
    let imitates = "# of some 300 threads' streams are damaged half-way, and end there"
    let unit = FaultUnit.count
    let sizes = [1.0, 5, 20, 100]
    let expectedAudits = ["drops"]

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        guard size > 0 else { return }
        for index in specimen.trials.indices {
            guard let window = specimen.trials[index].events.window else { continue }
            let middle = window.lowerBound + (window.upperBound - window.lowerBound) / 2
            var threads = Set(specimen.trials[index].events.filter { !$0.isMarker }.map(\.thread)).sorted()
            var stream = streams.split("\(index)").stream
            var damaged: Set<UInt32> = []
            while damaged.count < Int(size), !threads.isEmpty {
                damaged.insert(threads.remove(at: Int(stream.next(below: UInt64(threads.count)))))
            }
            specimen.trials[index].events.removeAll { $0.nanoseconds >= middle && damaged.contains($0.thread) }
            specimen.trials[index].condition.problems = damaged.sorted().map {
                "The stream of thread \($0) is damaged."
            }
        }
    }
}
