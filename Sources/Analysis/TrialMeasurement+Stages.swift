import Auditing
import Experiments
import Pairing
import Statistics
import TraceModel

extension TraceMeasurement {
    /// The stages by request as the audits see them; without those that have no finished span.
    ///
    /// - Parameter isSteady: Whether open spans may be taken to be like the others, as they may not in an overloaded open loop.
    public func stageEvidence(isSteady: Bool) -> [Stage: StageEvidence] {
        var stages: [Stage: StageEvidence] = [:]
        for stage in Stage.allCases {
            let sample = Sample(stage, .all, .request)
            var censored = CensoredSample(isSteady: isSteady)
            censored.add(self, sample)
            guard let summary = censored.summary() else { continue }
            var late = CensoredSample(isSteady: isSteady)
            late.addAfterDoubledCut(self, stage)
            stages[stage] = StageEvidence(
                count: summary.count, mean: summary.mean, minimum: summary.minimum, p50: summary.p50, p90: summary.p90,
                p99: summary.p99, p99AfterDoubledCut: late.summary()?.p99,
                warmUp: series[stage].flatMap {
                    WarmUpAnalysis(
                        of: $0, tolerance: .init(floorNanoseconds: SteadyStateAudit.smallestDriftNanoseconds))
                })
        }
        return stages
    }
}
