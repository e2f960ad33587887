import Experiments
import Monitoring
import Pairing
import Statistics
import TraceModel

extension TrialEvidence {
    /// The trial's own figure of that name, in the unit of ``Limit/standard``; nil where nobody could tell.
    public func figure(_ limit: Limit) -> Double? {
        let environment = machine.environment
        switch limit {
        case .droppedEvents:
            let all = Double(trace.droppedEvents) + Double(trace.eventCount)
            return all > 0 ? Double(trace.droppedEvents) / all : nil
        case .overshootMedian: return overshoot?.p50
        case .overshootP99: return overshoot?.p99
        case .openRequests:
            return [Stage.request, .response, .persist].compactMap { stage -> Double? in
                guard let books = byRequest.stages[stage], books.counts.starts > 0 else { return nil }
                return Double(books.openStarts.count) / Double(books.counts.starts)
            }.max()
        case .clockResidual: return machine.clock?.largestResidualNanoseconds
        case .steal: return environment?.stealShare
        case .otherLoad: return environment?.otherLoadShare
        case .cpuPressure: return environment?.cpuPressureShare
        case .memoryPressure: return environment?.memoryPressureShare
        case .ioPressure: return environment?.ioPressureShare
        // Counts are interpolated at the window's ends: a part of one is one.
        case .swappedPages: return environment?.swappedPages?.rounded(.up)
        case .throttlings: return environment?.throttlings?.rounded(.up)
        case .involuntarySwitches: return machine.involuntarySwitchesPerSecond
        case .unmatchedEvents, .mispairedSpans, .unexplainedRequests, .little, .oracle, .drift, .observer: return nil
        }
    }

    /// The first rule by which the trial does not count, with its figure; nil where it counts.
    public func exclusion(by rules: [TrialExclusion]) -> (rule: TrialExclusion, value: Double)? {
        rules.lazy.compactMap { rule in
            self.figure(rule.figure).flatMap { $0 > rule.above ? (rule, $0) : nil }
        }.first
    }
}
