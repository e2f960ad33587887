import Analysis
import Archiving
import Auditing
import Experiments
import Pairing
import Statistics
import TraceModel

extension SummaryBuilder {
    // MARK: Variations

    /// The puzzle with no trial finished.
    static var empty: ExperimentSummary {
        var summary = puzzle
        for index in summary.cells.indices {
            summary.cells[index] = CellSummary(
                cell: summary.cells[index].cell, trialCount: 0, eventCounts: [:], openRequests: 0, stages: [],
                metrics: [],
                reference: [], resources: [])
        }
        summary.hypotheses = summary.hypotheses.map {
            .init(hypothesis: $0.hypothesis, answer: .undecided, figures: ["No trial was analysed."])
        }
        summary.missingTrials = summary.plan.trials.map {
            MissingTrial(identifier: $0.identifier, reason: "The program was not found.")
        }
        summary.findings = []
        summary.provenances = []
        summary.startedAt = nil
        return summary
    }

    /// One cell without factors, one process: no interval anywhere.
    static var singleTrial: ExperimentSummary {
        var summary = puzzle
        summary.declaration.factors = []
        summary.declaration.reference = nil
        summary.declaration.hypotheses = []
        summary.hypotheses = []
        summary.plan = plan(summary.declaration.name, profile: "full", factors: [], trials: 1, schedule: full)
        var cell = summary.cells[0]
        cell.cell = summary.plan.cells[0]
        cell.trialCount = 1
        cell.reference = []
        cell.metrics = cell.metrics.map { .init(metric: $0.metric, estimate: single($0.estimate.value)) }
        cell.resources = cell.resources.map { .init(name: $0.name, estimate: single($0.estimate.value)) }
        for index in cell.stages.indices {
            cell.stages[index].estimates = cell.stages[index].estimates.map {
                .init(metric: $0.metric, estimate: single($0.estimate.value))
            }
        }
        summary.cells = [cell]
        return summary
    }

    /// The puzzle with a hostile text in every place that takes one.
    static func hostile(_ text: String) -> ExperimentSummary {
        var summary = puzzle
        let rename = { (choice: LevelChoice) in LevelChoice(factor: text, label: text + choice.label) }
        summary.declaration.name = text
        summary.declaration.question = text
        summary.declaration.factors = summary.declaration.factors.map { factor in
            Factor(name: text, levels: factor.levels.map { Level(value: $0.value, label: text + $0.label) })
        }
        summary.declaration.fixed = [Parameter(name: text, value: text)]
        summary.declaration.reference?.source = text
        summary.plan.experiment = text
        summary.plan.profile = text
        summary.plan.program = text
        summary.plan.declarationDigest = text
        summary.plan.cells = summary.plan.cells.map {
            Cell(index: $0.index, choices: $0.choices.map(rename), parameters: $0.parameters)
        }
        for index in summary.cells.indices { summary.cells[index].cell = summary.plan.cells[index] }
        for index in summary.cells.indices {
            summary.cells[index].resources.append(NamedEstimate(name: text, estimate: single(1)))
        }
        summary.hypotheses = summary.hypotheses.map { outcome in
            var hypothesis = outcome.hypothesis
            hypothesis.statement = text
            return .init(hypothesis: hypothesis, answer: .undecided, figures: [text])
        }
        summary.findings = [Finding(audit: text, severity: .invalid, subject: text, sentence: text, remedy: text)]
        summary.missingTrials = [MissingTrial(identifier: text, reason: text)]
        summary.provenances[0].host = text
        summary.startedAt = text
        return summary
    }

    /// The puzzle with one number in every place that takes one.
    static func filled(with value: Double) -> ExperimentSummary {
        var summary = puzzle
        let estimate = Estimate(value: value, interval: nil, processValues: [value, value])
        for index in summary.cells.indices {
            var cell = summary.cells[index]
            cell.metrics = cell.metrics.map { .init(metric: $0.metric, estimate: estimate) }
            cell.resources = cell.resources.map { .init(name: $0.name, estimate: estimate) }
            for stage in cell.stages.indices {
                cell.stages[stage].estimates = cell.stages[stage].estimates.map {
                    .init(metric: $0.metric, estimate: estimate)
                }
                guard var pooled = cell.stages[stage].pooled else { continue }
                (pooled.mean, pooled.total, pooled.p50, pooled.standardDeviation) = (value, value, value, value)
                cell.stages[stage].pooled = pooled
            }
            cell.reference = cell.reference.map {
                ReferenceFigure(metric: $0.metric, pairing: $0.pairing, parameters: [:], value: value)
            }
            summary.cells[index] = cell
        }
        return summary
    }

    // MARK: A large experiment

    /// Clients × permits × writes: twenty cells, with the original's figures for some of them.
    static var large: ExperimentSummary {
        var summary = puzzle
        let clients = ["1", "15", "125", "135", "1000"]
        let factors = [
            Factor(name: "permits", levels: [Level(value: "8"), Level(value: "8x", label: "8 × clients")]),
            Factor(name: "writes", levels: [Level(value: "asynchronous"), Level(value: "synchronous")]),
            Factor(name: "clients", levels: clients.map { Level(value: $0) }),
        ]
        let original = [1_056e6, 95.7e6, 15.7e6, 16.3e6, 19.9e6]
        summary.declaration.name = "permits"
        summary.declaration.factors = factors
        summary.declaration.stages = [.persist, .request, .queueWait]
        summary.plan = plan("permits", profile: "quick", factors: factors)
        summary.hypotheses = [
            HypothesisOutcome(
                hypothesis: Hypothesis(
                    statement: "Throughput rises with the clients.", metric: .throughput,
                    claim: .rises(along: .factor("clients"))), answer: .supported, figures: []),
            HypothesisOutcome(
                hypothesis: Hypothesis(
                    statement: "By thread the mean write moves with the clients.",
                    metric: .stage(.persist, .all, .mean),
                    pairing: .thread, claim: .varies(along: .factor("clients"), byMoreThan: 2)), answer: .supported,
                figures: []),
        ]
        summary.cells = summary.plan.cells.map { cell in
            let level = clients.firstIndex(of: cell.choices[2].label)!
            var byThread = fixedByThread
            byThread.mean = [58, 198.4, 49.2, 47.1, 72.3][level]
            var request = randomByRequest
            request.mean = [3.1, 3.2, 3.9, 29, 6_504][level]
            let rate = [0.997, 14.95, 124.6, 132.9, 133.2][level]
            return CellSummary(
                cell: cell, trialCount: 5, eventCounts: eventCounts, openRequests: 0,
                stages: [
                    stage(.persist, .request, fixedByRequest, counts: countsByRequest),
                    stage(.persist, .thread, byThread, counts: countsByThread),
                    stage(.request, .request, request, counts: countsByRequest),
                    stage(.request, .thread, byThread, counts: countsByThread),
                ],
                metrics: [.init(metric: .throughput, estimate: estimate(rate, spread: rate * 0.01))],
                reference: cell.index >= 5
                    ? []
                    : [
                        .init(
                            metric: .stage(.persist, .all, .mean), pairing: .thread, parameters: [:],
                            value: original[level])
                    ],
                resources: resources)
        }
        return summary
    }
}
