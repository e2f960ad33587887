import Auditing
import Monitoring
import Statistics
import TraceModel

extension SteadySystem {
    /// A machine that did nothing else, with a program that says what recording costs.
    static var machine: MachineEvidence {
        var environment = EnvironmentFigures()
        environment.stealShare = 0
        environment.otherLoadShare = 0.02
        environment.programShare = 0.1
        environment.runnableMean = 1.2
        environment.runnableMaximum = 3
        environment.cpuPressureShare = 0.01
        environment.memoryPressureShare = 0
        environment.ioPressureShare = 0
        environment.swappedPages = 0
        environment.coreThrottlings = 0
        environment.groupThrottlings = 0
        return MachineEvidence(
            environment: environment, involuntarySwitchesPerSecond: 3, recordingNanoseconds: 12, clientsSeen: clients,
            clock: ClockEvidence(largestResidualNanoseconds: 40, resolutionNanoseconds: 1))
    }

    /// What a stage of that mean takes where all of its spans are alike.
    static func stage(_ milliseconds: Double, count: Int = 4000) -> StageEvidence {
        StageEvidence(
            count: count, mean: milliseconds * 1e6, minimum: Int64(milliseconds * 1e6), p50: milliseconds * 1e6,
            p90: milliseconds * 1e6, p99: milliseconds * 1e6)
    }

    static let stages: [Stage: StageEvidence] = [
        .request: stage(10), .outboundNetwork: stage(5), .persist: stage(20.1), .persistAsync: stage(20.1),
        .returnNetwork: stage(5), .think: stage(90),
    ]

    /// The clockwork cell with each trial changed.
    static func cell(trials count: Int = 2, _ change: (inout TrialEvidence, Int) -> Void) -> CellEvidence {
        let trial = trial()
        let trials = (0..<count).map { index -> TrialEvidence in
            var changed = trial
            changed.identifier = "block-0\(index)-cell-000"
            changed.order = index
            changed.block = index
            change(&changed, index)
            return changed
        }
        return CellEvidence(trials: trials)
    }
}
