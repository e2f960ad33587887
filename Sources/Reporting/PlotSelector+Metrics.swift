// Which figures are drawn along which factor. Requests and responses are drawn into one picture, on one axis, where both
// are shown by request alone: that they differ is what an experiment with an open loop is about.

import Analysis
import Experiments
import Statistics
import TraceModel

extension PlotSelector {
    /// What one plot shows: a metric under each pairing, or two stages' metric by request.
    private struct Subject: Equatable {
        /// For two stages that of requests.
        var metric: Metric
        /// The statistic of requests and of responses; nil where there is one metric.
        var shared: Metric.Statistic?

        var title: String { shared.map { "request and response: \($0.title)" } ?? metric.title }

        var fileName: String {
            PlainText.fileName(shared.map { "request-and-response-\($0.rawValue)" } ?? metric.text)
        }
    }

    /// A series to be: whose figures, under which pairing, in which role.
    private struct Source {
        var role: PlotRole
        var metric: Metric
        var pairing: PairingKey?
    }

    mutating func selectMetrics() {
        var wanted: [(subject: Subject, factor: String)] = []
        func want(_ metric: Metric, _ factor: String?) {
            let subject = subject(of: metric)
            guard let factor, !wanted.contains(where: { $0 == (subject, factor) }) else { return }
            wanted.append((subject, factor))
        }
        let widest = summary.variedFactors.max { $0.levels.count < $1.levels.count }?.name
        for hypothesis in summary.hypotheses.map(\.hypothesis) {
            want(hypothesis.metric, hypothesis.claim.factor ?? widest)
        }
        if let stage = summary.stagesByWeight.first { want(.stage(stage, .all, .mean), widest) }
        for (subject, factor) in wanted { select(subject, along: factor) }
    }

    private func subject(of metric: Metric) -> Subject {
        let stages: [Stage] = [.request, .response]
        guard case .stage(let stage, .all, let statistic) = metric, stages.contains(stage), pairings == [.request],
            stages.allSatisfy(summary.stagesShown.contains),
            !summary.cells.flatMap(\.reference).contains(where: { $0.metric.stage.map(stages.contains) ?? false })
        else { return Subject(metric: metric) }
        return Subject(metric: .stage(.request, .all, statistic), shared: statistic)
    }

    private func sources(of subject: Subject) -> [Source] {
        if let statistic = subject.shared {
            return [.request, .response].map {
                Source(role: .stage($0), metric: .stage($0, .all, statistic), pairing: .request)
            }
        }
        let keys: [PairingKey?] = subject.metric.dependsOnPairing ? pairings : [nil]
        return keys.map { Source(role: .measured($0), metric: subject.metric, pairing: $0) }
    }

    private mutating func select(_ subject: Subject, along name: String) {
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
            FactorPlot.Panel(title: group.title, series: series(of: subject, in: group.cells, along: factor))
        }
        let measured = all.filter { $0.series.contains { !$0.role.isOriginal } }
        guard !measured.isEmpty else { return }
        // One level alone shows nothing along a factor.
        let wide = measured.filter { $0.levelCount > 1 }
        let panels = wide.isEmpty ? measured : wide
        let plot = FactorPlot(
            metric: subject.metric, name: subject.title, factor: name, levels: factor.levels.map(\.label),
            panels: Array(panels.prefix(PlotSelection.panelLimit)))
        let fileName = "\(subject.fileName)-along-\(PlainText.fileName(name))"
        let caption =
            Self.caption(of: plot)
            + (panels.count < measured.count
                ? " Combinations that were measured at one level alone are not drawn." : "")
        append(Plot(path: freePath(fileName), caption: caption, canvas: plot.canvas))
        if panels.count > PlotSelection.panelLimit {
            omissions.append(
                "The plot of \(subject.title) shows the first \(PlotSelection.panelLimit) of \(panels.count) "
                    + "combinations; the tables hold all.")
        }
    }

    private static func caption(of plot: FactorPlot) -> String {
        let isCounted = plot.metric.dimension == .rate || plot.metric.dimension == .share
        let method =
            isCounted
            ? "intervals over processes (Student t, or three events where those are wider)"
            : "Student t intervals over processes"
        let dots = "Whiskers: 95 % \(method), where there are several"
        return "\(dots); faint dots: the processes' own values."
            + (plot.hasFlatOriginal
                ? " A dashed line across: the original, which does not say its \(PlainText.singleLine(plot.factor))."
                : "")
            + (plot.hasCutWhiskers ? " An arrow: the interval goes on beyond the axis." : "")
            + (plot.hasLevelsNotDue ? " A small cross at the foot: no request is due in a closed loop." : "")
            + (plot.hasGaps ? " A small cross at the foot: no figure, since there are no spans or too few." : "")
    }

    private func series(of subject: Subject, in cells: [CellSummary], along factor: Factor) -> [FactorPlot.Series] {
        let sources = sources(of: subject)
        let measured = sources.map { source in
            let empty = gaps(of: source, in: cells, along: factor)
            return FactorPlot.Series(
                role: source.role, gaps: empty.filter { !$0.isNotDue }.map(\.level),
                levelsNotDue: empty.filter(\.isNotDue).map(\.level),
                points: points(in: cells, along: factor) { cell, level in
                    cell.estimate(of: source.metric, source.pairing).map {
                        .init(level: level, value: $0.value, interval: $0.interval, processValues: $0.processValues)
                    }
                })
        }
        let original = sources.map { source in
            let figures = cells.flatMap(\.reference).filter {
                $0.metric == source.metric && $0.pairing == source.pairing
            }
            let isUnsaid = figures.allSatisfy { $0.parameters[factor.name] == nil && $0.value == figures[0].value }
            return FactorPlot.Series(
                role: .original(source.pairing), isFlat: isUnsaid && figures.count == cells.count,
                points: points(in: cells, along: factor) { cell, level in
                    cell.reference.first { $0.metric == source.metric && $0.pairing == source.pairing }.map {
                        .init(level: level, value: $0.value, interval: nil, processValues: [])
                    }
                })
        }
        return (measured + original).filter { !$0.points.isEmpty }
    }

    /// The levels whose cells were measured and have no such figure, each with whether that is because no request is due.
    private func gaps(
        of source: Source, in cells: [CellSummary], along factor: Factor
    ) -> [(level: Int, isNotDue: Bool)] {
        factor.levels.indices.compactMap { index in
            guard let cell = cells.first(where: { $0.cell.label(of: factor.name) == factor.levels[index].label }),
                cell.trialCount > 0, cell.estimate(of: source.metric, source.pairing)?.value.isFinite != true
            else { return nil }
            return (index, source.metric.stage.map { !cell.shows($0) } ?? false)
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
