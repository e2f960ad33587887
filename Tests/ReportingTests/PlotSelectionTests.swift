import Analysis
import Experiments
import Testing
import TraceModel

@testable import Reporting

@Suite("which plots a report has")
struct PlotSelectionTests {
    @Test("the stage and the metrics that hypotheses name are drawn, each once")
    func named() {
        #expect(
            PlotSelection(of: SummaryBuilder.puzzle).plots.map(\.path) == [
                "plots/histogram-persist.svg", "plots/histogram-queue-wait.svg",
                "plots/persist-p50-along-write-delay.svg", "plots/persist-mean-along-write-delay.svg",
            ])
    }

    @Test("cells beyond the limit are left out of the histograms, and that is said")
    func bounded() {
        let selection = PlotSelection(of: SummaryBuilder.large)
        #expect(
            selection.plots.map(\.path) == [
                "plots/histogram-persist.svg", "plots/histogram-persist-2.svg", "plots/histogram-request.svg",
                "plots/histogram-request-2.svg", "plots/throughput-along-clients.svg",
                "plots/persist-mean-along-clients.svg",
            ])
        #expect(
            selection.omissions == [
                "The histograms of persist show the first 12 of 20 cells; the tables and histograms.csv hold all.",
                "The histograms of request show the first 12 of 20 cells; the tables and histograms.csv hold all.",
            ])
    }

    @Test("a report has twelve plots at most, and names those that it has not")
    func twelve() {
        var summary = SummaryBuilder.puzzle
        let template = summary.hypotheses[0]
        summary.hypotheses = Metric.Subset.allCases.flatMap { subset in
            Metric.Statistic.allCases.map { statistic in
                var outcome = template
                outcome.hypothesis.metric = .stage(.persist, subset, statistic)
                return outcome
            }
        }
        for cell in summary.cells.indices {
            for stage in summary.cells[cell].stages.indices {
                let found = summary.cells[cell].stages[stage]
                summary.cells[cell].stages[stage].estimates = Metric.Statistic.allCases.map {
                    .init(
                        metric: .stage(found.stage, found.subset, $0), estimate: SummaryBuilder.estimate(5, spread: 1))
                }
            }
            summary.cells[cell].stages += [Metric.Subset.blocked, .nonblocked].map { subset in
                var stage = SummaryBuilder.stage(.persist, .request, subset: subset, SummaryBuilder.fixedByRequest)
                stage.estimates = Metric.Statistic.allCases.map {
                    .init(metric: .stage(.persist, subset, $0), estimate: SummaryBuilder.estimate(5, spread: 1))
                }
                return stage
            }
        }
        let selection = PlotSelection(of: summary)
        #expect(selection.plots.count == 12)
        #expect(selection.omissions.count == 2 + 24 - 12)
        #expect(selection.omissions.allSatisfy { $0.hasPrefix("Not drawn") })
    }

    @Test("without a finished trial or a varied factor there is nothing to draw along")
    func nothing() {
        #expect(PlotSelection(of: SummaryBuilder.empty).plots.isEmpty)
        #expect(PlotSelection(of: SummaryBuilder.singleTrial).plots.allSatisfy { $0.path.contains("histogram") })
    }

    @Test("a caption and a description come with every plot")
    func described() {
        for plot in PlotSelection(of: SummaryBuilder.large).plots {
            #expect(!plot.caption.isEmpty)
            #expect(plot.canvas.summary.contains("by request") || plot.canvas.summary.contains("measured"))
        }
    }
}
