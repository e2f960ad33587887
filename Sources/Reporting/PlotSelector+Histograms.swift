// Which cells have a histogram. All, while they fit; else the factors lose levels one by one, the one with the most first,
// so that what is left shows each factor from its first level to its last with even steps between.

import Analysis
import Experiments
import Statistics
import TraceModel

extension PlotSelector {
    private static let panelLimit = PlotSelection.panelLimit * PlotSelection.histogramLimit

    mutating func selectHistograms() {
        let stages = summary.stagesByWeight.prefix(2)
        let (cells, leftOut) = cellsToDraw
        if Set(stages) == [.request, .response], pairings == [.request] {
            selectHistograms(of: [.request, .response], in: cells)
        } else {
            for stage in stages { selectHistograms(of: [stage], in: cells) }
        }
        if !leftOut.isEmpty, plots.contains(where: { $0.path.hasPrefix("plots/histogram") }) {
            omissions.append(
                "The histograms leave out \(leftOut): of each factor they show the first level, the last, and evenly "
                    + "between as many as make \(Self.panelLimit) cells. The tables and histograms.csv hold all.")
        }
    }

    /// - Parameter stages: One, whose pairings are set against each other, or two, set against each other by request.
    private mutating func selectHistograms(of stages: [Stage], in cells: [CellSummary]) {
        let name = stages.map(\.rawValue).joined(separator: " and ")
        var empty: [String] = []
        let panels = cells.compactMap { cell -> HistogramPlot.Panel? in
            let summaries = stages.flatMap { stage in
                pairings.prefix(2).compactMap { cell.stage(stage, .all, $0) }
            }
            guard summaries.contains(where: { $0.powerOfTwo.contains { $0.count > 0 } }) else {
                if !summaries.isEmpty { empty.append(cell.cell.title) }
                return nil
            }
            return .init(title: cell.cell.title, summaries: summaries)
        }
        let chunks = stride(from: 0, to: panels.count, by: PlotSelection.panelLimit).map {
            Array(panels[$0..<min($0 + PlotSelection.panelLimit, panels.count)])
        }
        let isShared = panels.flatMap(\.summaries).contains { !$0.referenceHistogram.isEmpty }
        let fileName = "histogram-" + PlainText.fileName(stages.map(\.rawValue).joined(separator: "-and-"))
        for (index, chunk) in chunks.enumerated() {
            let part = chunks.count > 1 ? " (\(index + 1) of \(chunks.count))" : ""
            let plot = HistogramPlot(
                title: "\(name): distribution\(part)", panels: chunk, unit: isShared ? .shares : .counts)
            let suffix = index == 0 ? "" : "-\(index + 1)"
            append(
                Plot(
                    path: "plots/\(fileName)\(suffix).svg", caption: caption(of: plot),
                    canvas: plot.canvas))
        }
        if !empty.isEmpty, !panels.isEmpty {
            omissions.append(
                "Without a finished span of \(name), and so without a histogram: "
                    + "\(empty.joined(separator: "; ")).")
        }
    }

    private func caption(of plot: HistogramPlot) -> String {
        let sides =
            plot.comparesStages
            ? "Up (▲): from when a request was sent; down (▼): the same requests from when they were due, where a schedule "
                + "says so, with the number of durations and their range."
            : pairings.count > 1
                ? "Up (▲) and down (▼): the same events under different pairings, with the number of durations and their range."
                : "▲: the number of durations and their range."
        let scale =
            switch plot.unit {
            case .counts: "Counts stand on a log scale, so that single durations show."
            case .shares:
                "Shares of each pairing's own durations, on a log scale, so that single durations show and the original, "
                    + "with its own number of them, can be compared."
            }
        return "\(sides) \(scale)"
    }

    /// The cells whose levels were all kept, and the levels that were not, as in `clients 15, 135`.
    private var cellsToDraw: (cells: [CellSummary], leftOut: String) {
        let cells = summary.cells.filter { $0.trialCount > 0 }
        let factors = summary.variedFactors
        var kept = factors.map { $0.levels.count }
        while cells.count > Self.panelLimit, kept.reduce(1, *) > Self.panelLimit, let most = kept.max(), most > 2 {
            kept[kept.firstIndex(of: most)!] -= 1
        }
        var leftOut: [String] = []
        var chosen = cells
        for (factor, count) in zip(factors, kept) where count < factor.levels.count {
            let places = Set(Self.places(count, of: factor.levels.count))
            let lost = factor.levels.indices.filter { !places.contains($0) }.map { factor.levels[$0].label }
            leftOut.append("\(factor.name) \(lost.joined(separator: ", "))")
            chosen.removeAll { cell in cell.cell.label(of: factor.name).map(lost.contains) ?? false }
        }
        if chosen.count > Self.panelLimit {
            leftOut.append("the last \((chosen.count - Self.panelLimit).counted("cell"))")
            chosen = Array(chosen.prefix(Self.panelLimit))
        }
        return (chosen, leftOut.joined(separator: "; "))
    }

    /// So many of the places 0..<total, the first and the last among them, the others evenly between.
    static func places(_ count: Int, of total: Int) -> [Int] {
        count < 2 ? [0] : (0..<count).map { ($0 * (total - 1) * 2 + count - 1) / (2 * (count - 1)) }
    }
}
