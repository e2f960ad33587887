// Which plots a report has. Few and telling: pictures of everything are pictures of nothing, and the tables hold all.
//
// 1. Histograms of the two stages that weigh most (those that hypotheses name first), each cell a panel, six panels a
//    plot, two plots a stage, in the plan's order of cells. Where there are more cells, levels are left out, evenly and
//    never a factor's first or last (PlotSelector+Histograms).
// 2. Each metric that a hypothesis names, along the factor that the hypothesis names or else the factor with the most
//    levels; then the mean of the stage that weighs most. Six panels a plot.
// 3. Twelve plots at most. What was left out is said.

import Analysis
import Experiments
import Statistics
import TraceModel

/// One plot of a report.
struct Plot: Sendable, Equatable {
    /// Relative to the report, as in `plots/histogram-persist.svg`.
    let path: String
    /// How to read it, as whole sentences.
    let caption: String
    let canvas: Canvas
}

/// The plots of a report, and what they do not show.
struct PlotSelection: Sendable, Equatable {
    static let plotLimit = 12
    static let panelLimit = 6
    static let histogramLimit = 2

    let plots: [Plot]
    /// Whole sentences, one for each thing left out.
    let omissions: [String]

    init(of summary: ExperimentSummary) {
        var selector = PlotSelector(summary: summary)
        selector.selectHistograms()
        selector.selectMetrics()
        plots = selector.plots
        omissions = selector.omissions
    }
}

/// Collects the plots one after the other.
struct PlotSelector {
    let summary: ExperimentSummary
    var plots: [Plot] = []
    var omissions: [String] = []

    init(summary: ExperimentSummary) { self.summary = summary }

    var pairings: [PairingKey] { summary.declaration.pairings }

    mutating func append(_ plot: Plot) {
        guard plots.count < PlotSelection.plotLimit else {
            omissions.append(
                "Not drawn, since a report has at most \(PlotSelection.plotLimit) plots: \(plot.canvas.title).")
            return
        }
        plots.append(plot)
    }

    /// The file's path; with a number where another plot has it already, since different names may look alike in ASCII.
    private func freePath(_ fileName: String) -> String {
        var path = "plots/\(fileName).svg"
        var number = 1
        while plots.contains(where: { $0.path == path }) {
            number += 1
            path = "plots/\(fileName)-\(number).svg"
        }
        return path
    }

    // MARK: Metrics along factors

    mutating func selectMetrics() {
        var wanted: [(metric: Metric, factor: String)] = []
        func want(_ metric: Metric, _ factor: String?) {
            guard let factor, !wanted.contains(where: { $0 == (metric, factor) }) else { return }
            wanted.append((metric, factor))
        }
        let widest = summary.variedFactors.max { $0.levels.count < $1.levels.count }?.name
        for hypothesis in summary.hypotheses.map(\.hypothesis) {
            want(hypothesis.metric, hypothesis.claim.factor ?? widest)
        }
        if let stage = summary.stagesByWeight.first { want(.stage(stage, .all, .mean), widest) }
        for (metric, factor) in wanted { select(metric, along: factor) }
    }

    private mutating func select(_ metric: Metric, along name: String) {
        guard let factor = summary.variedFactors.first(where: { $0.name == name }) else { return }
        var groups: [(title: String, cells: [CellSummary])] = []
        for cell in summary.cells {
            let others = cell.cell.choices.filter { $0.factor != name }
            let title = others.map { "\($0.factor) \($0.label)" }.joined(separator: ", ")
            if let index = groups.firstIndex(where: { $0.title == title }) {
                groups[index].cells.append(cell)
            } else {
                groups.append((title, [cell]))
            }
        }
        let all = groups.map { group in
            FactorPlot.Panel(title: group.title, series: series(of: metric, in: group.cells, along: factor))
        }
        let panels = all.filter { $0.series.contains { !$0.role.isOriginal } }
        guard !panels.isEmpty else { return }
        let plot = FactorPlot(
            metric: metric, factor: name, levels: factor.levels.map(\.label),
            panels: Array(panels.prefix(PlotSelection.panelLimit)))
        let fileName = "\(PlainText.fileName(metric.text))-along-\(PlainText.fileName(name))"
        append(Plot(path: freePath(fileName), caption: Self.caption(of: plot), canvas: plot.canvas))
        if panels.count > PlotSelection.panelLimit {
            omissions.append(
                "The plot of \(metric.title) shows the first \(PlotSelection.panelLimit) of \(panels.count) "
                    + "combinations; the tables hold all.")
        }
    }

    private static func caption(of plot: FactorPlot) -> String {
        let dots = "Whiskers: 95 % Student t intervals over processes, where there are several"
        return "\(dots); faint dots: the processes' own values."
            + (plot.hasFlatOriginal
                ? " A dashed line across: the original, which does not say its \(PlainText.singleLine(plot.factor))."
                : "")
            + (plot.hasCutWhiskers ? " An arrow: the interval goes on beyond the axis." : "")
            + (plot.hasGaps ? " A cross at the foot: no figure, since there are no spans or too few." : "")
    }

    private func series(of metric: Metric, in cells: [CellSummary], along factor: Factor) -> [FactorPlot.Series] {
        let keys: [PairingKey?] = metric.dependsOnPairing ? pairings : [nil]
        let measured = keys.map { key in
            FactorPlot.Series(
                role: .measured(key), gaps: gaps(of: metric, key, in: cells, along: factor),
                points: points(in: cells, along: factor) { cell, level in
                    cell.estimate(of: metric, key).map {
                        .init(level: level, value: $0.value, interval: $0.interval, processValues: $0.processValues)
                    }
                })
        }
        let original = keys.map { key in
            let figures = cells.flatMap(\.reference).filter { $0.metric == metric && $0.pairing == key }
            let isUnsaid = figures.allSatisfy { $0.parameters[factor.name] == nil && $0.value == figures[0].value }
            return FactorPlot.Series(
                role: .original(key), isFlat: isUnsaid && figures.count == cells.count,
                points: points(in: cells, along: factor) { cell, level in
                    cell.reference.first { $0.metric == metric && $0.pairing == key }.map {
                        .init(level: level, value: $0.value, interval: nil, processValues: [])
                    }
                })
        }
        return (measured + original).filter { !$0.points.isEmpty }
    }

    /// The levels whose cells were measured and have no such figure.
    private func gaps(
        of metric: Metric, _ key: PairingKey?, in cells: [CellSummary], along factor: Factor
    ) -> [Int] {
        factor.levels.indices.filter { index in
            let cell = cells.first { $0.cell.label(of: factor.name) == factor.levels[index].label }
            return cell.map { $0.trialCount > 0 && $0.estimate(of: metric, key)?.value.isFinite != true } ?? false
        }
    }

    /// The points in the order of the levels; a value that is no number is none.
    private func points(
        in cells: [CellSummary], along factor: Factor, _ point: (CellSummary, Int) -> FactorPlot.Point?
    ) -> [FactorPlot.Point] {
        factor.levels.enumerated().compactMap { index, level in
            guard let cell = cells.first(where: { $0.cell.label(of: factor.name) == level.label }),
                let point = point(cell, index), point.value.isFinite
            else { return nil }
            return point
        }
    }
}

extension Hypothesis.Claim {
    /// The factor that the claim goes along, or nil.
    fileprivate var factor: String? {
        switch self {
        case .equivalent(.factor(let name), _), .varies(.factor(let name), _), .rises(.factor(let name)),
            .falls(.factor(let name)):
            name
        default: nil
        }
    }
}
