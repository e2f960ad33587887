import Randomness
import Statistics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Processes of one session on a synthetic machine, one after the other.
struct SyntheticSession {
    /// What a process shows.
    struct Process {
        /// In nanoseconds, in the order of the requests.
        let durations: [Int64]
        /// In the order of the metrics.
        let values: [Double]

        static let metrics = ["stage.mean", "stage.p50", "stage.p99"]

        init(_ durations: [Int64]) {
            let sorted = durations.sorted()
            self.durations = durations
            values = [
                Double(durations.reduce(0, +)) / Double(durations.count), Quantile.value(ofSorted: sorted, at: 0.5),
                Quantile.value(ofSorted: sorted, at: 0.99),
            ]
        }
    }

    private let machine: SyntheticMachine
    private let slowdown: Double
    private var stream: RandomStream
    private var level = 0.0

    /// - Parameters:
    ///   - effect: What the candidate's stage takes more, as a share: 0.05 for 5 %.
    ///   - name: Of the session; the same name has the same processes.
    init(machine: SyntheticMachine, effect: Double, seed: UInt64, name: String) {
        self.machine = machine
        slowdown = log1p(effect)
        stream = RandomStream(seed: seed, name: name)
    }

    /// The next process on the machine.
    mutating func process(isCandidate: Bool) -> Process {
        level += machine.driftPerHundred / 100 + machine.wanderStep * stream.nextNormal()
        let own = level + machine.processDeviation * stream.nextNormal() + (isCandidate ? slowdown : 0)
        let innovation = (1 - machine.correlation * machine.correlation).squareRoot()
        var deviation = stream.nextNormal()
        let durations = (0..<machine.requestsPerProcess).map { _ -> Int64 in
            deviation = machine.correlation * deviation + innovation * stream.nextNormal()
            var duration = machine.medianNanoseconds * exp(own + machine.requestDeviation * deviation)
            if stream.nextUnit() < machine.stallShare { duration *= pow(stream.nextUnit(), -1 / machine.stallShape) }
            // Nanoseconds of half an hour; a stall beyond that would have met a time limit.
            return Int64(min(duration, 1.8e12).rounded())
        }
        return Process(durations)
    }

    /// The processes of the next block, in random order.
    mutating func block(hasControl: Bool) -> (baseline: Process, candidate: Process, control: Process?) {
        var order = hasControl ? [0, 1, 2] : [0, 1]
        // Fisher and Yates, with the stream's own bounded draw: `shuffle` may change from release to release.
        for last in stride(from: order.count - 1, to: 0, by: -1) {
            order.swapAt(last, Int(stream.next(below: UInt64(last + 1))))
        }
        var processes: [Process?] = [nil, nil, nil]
        for arm in order { processes[arm] = process(isCandidate: arm == 1) }
        guard let baseline = processes[0], let candidate = processes[1] else {
            preconditionFailure("a block without its pair")
        }
        return (baseline, candidate, processes[2])
    }
}
