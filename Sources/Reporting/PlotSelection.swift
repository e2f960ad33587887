// Which plots a report has. Few and telling: pictures of everything are pictures of nothing, and the tables hold all.
//
// 1. Histograms of the two stages that weigh most (those that hypotheses name first), each cell a panel, six panels a
//    plot, two plots a stage, in the plan's order of cells. Where there are more cells, levels are left out, evenly and
//    never a factor's first or last (PlotSelector+Histograms).
// 2. Each metric that a hypothesis names, along the factor that the hypothesis names or else the factor with the most
//    levels; then the mean of the stage that weighs most. Six panels a plot (PlotSelector+Metrics).
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
    func freePath(_ fileName: String) -> String {
        var path = "plots/\(fileName).svg"
        var number = 1
        while plots.contains(where: { $0.path == path }) {
            number += 1
            path = "plots/\(fileName)-\(number).svg"
        }
        return path
    }
}
