// Questions that several formats ask of a summary. They select and name; they compute no statistics.

import Analysis
import Auditing
import Experiments
import Statistics
import TraceModel

extension ExperimentSummary {
    /// The factors that are really varied: at least two of their levels occur.
    var variedFactors: [Factor] { declaration.factors.filter { $0.levels.count >= 2 } }

    /// The verdict for figures under the pairing; under none, for what does not depend on a pairing.
    func level(of pairing: PairingKey?) -> Verdict.Level {
        if let pairing, let found = verdict.byPairing.first(where: { $0.pairing == pairing }) { return found.level }
        // Counts come from the events themselves, of which the audits by request speak.
        let ofCounts = findings.filter { $0.subject == nil || $0.subject == PairingKey.request.title }
        switch ofCounts.map(\.severity).max() {
        case .invalid: return .invalid
        case .doubtful: return .doubtful
        case .note, nil: return .trusted
        }
    }

    /// The declaration's stages, those first that a hypothesis speaks of: what the experiment is about.
    var stagesByWeight: [Stage] {
        let named = hypotheses.compactMap(\.hypothesis.metric.stage)
        var result: [Stage] = []
        for stage in named + stagesShown where stagesShown.contains(stage) && !result.contains(stage) {
            result.append(stage)
        }
        return result
    }

    /// The declaration's stages; `response` only where some trace has it, which no closed loop does.
    var stagesShown: [Stage] {
        declaration.stages.filter { stage in stage != .response || cells.contains { $0.shows(stage) } }
    }

    var analysedTrialCount: Int { cells.map(\.trialCount).reduce(0, +) }
}

extension CellSummary {
    /// Whether the cell has rows for the stage: always, but for `response` where its load was a closed loop.
    func shows(_ stage: Stage) -> Bool { stage != .response || stages.contains { $0.stage == stage } }

    func stage(_ stage: Stage, _ subset: Metric.Subset, _ pairing: PairingKey) -> StageSummary? {
        stages.first { $0.stage == stage && $0.subset == subset && $0.pairing == pairing }
    }

    func estimate(of metric: Metric) -> Estimate? { metrics.first { $0.metric == metric }?.estimate }

    /// The estimate of a metric, under a pairing where it depends on one.
    func estimate(of metric: Metric, _ pairing: PairingKey?) -> Estimate? {
        guard metric.dependsOnPairing else { return estimate(of: metric) }
        guard let pairing, let stage = metric.stage else { return nil }
        return self.stage(stage, metric.subset, pairing)?.estimate(of: metric)
    }

    func resource(_ name: String) -> Estimate? { resources.first { $0.name == name }?.estimate }
}

extension StageSummary {
    func estimate(of metric: Metric) -> Estimate? { estimates.first { $0.metric == metric }?.estimate }

    func estimate(of statistic: Metric.Statistic) -> Estimate? { estimate(of: .stage(stage, subset, statistic)) }
}

extension Cell {
    func label(of factor: String) -> String? { choices.first { $0.factor == factor }?.label }
}

extension Metric {
    /// What it is, for headings, as in `persist: p50` or `requests done a second`.
    var title: String {
        switch self {
        case .stage(let stage, .all, let statistic): "\(stage.rawValue): \(statistic.title)"
        case .stage(let stage, let subset, let statistic): "\(stage.rawValue), \(subset.title): \(statistic.title)"
        case .throughput: "requests done a second"
        case .writeThroughput: "writes done a second"
        case .blockedShare: "share of blocked requests"
        case .pairedShare(let stage): "\(stage.rawValue): share of starts that were paired"
        case .changedThreadShare(let stage): "\(stage.rawValue): share of spans that changed thread"
        case .cpuPerRequest: "CPU time a request"
        case .peakMemory: "peak memory"
        case .wallTime: "wall time"
        case .cpuTime: "CPU time"
        case .reported(let metric): "the program's own \(metric.name)"
        }
    }

    /// What CSV files call the unit of its values.
    var unit: String {
        switch dimension {
        case .duration: "ns"
        case .rate: "1/s"
        case .share: "1"
        case .count: "count"
        case .bytes: "bytes"
        }
    }
}

extension Metric.Statistic {
    var title: String { self == .standardDeviation ? "standard deviation" : rawValue }
}

extension Metric.Subset {
    var title: String {
        switch self {
        case .all: "all"
        case .blocked: "blocked"
        case .nonblocked: "not blocked"
        }
    }
}

extension PairingKey {
    /// As in `by thread`.
    var title: String { "by \(rawValue)" }
}
