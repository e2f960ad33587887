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
                "The histograms leave out clients 15, 135: of each factor they show the first level, the last, and "
                    + "evenly between as many as make 12 cells. The tables and histograms.csv hold all."
            ])
        let titles = selection.plots.map(\.canvas.title)
        #expect(titles.contains("persist: distribution (2 of 2)") && !titles.contains { $0.contains("of 4)") })
        let drawn = selection.plots[0...1].map(\.canvas.summary).joined()
        for clients in [1, 125, 1000] { #expect(drawn.contains("clients \(clients):")) }
        for clients in [15, 135] { #expect(!drawn.contains("clients \(clients):")) }
    }

    @Test(
        "levels that are kept are the first, the last, and evenly between",
        arguments: [(3, 5, [0, 2, 4]), (2, 5, [0, 4]), (4, 5, [0, 1, 3, 4]), (5, 5, [0, 1, 2, 3, 4]), (1, 3, [0])])
    func places(count: Int, total: Int, expected: [Int]) {
        #expect(PlotSelector.places(count, of: total) == expected)
    }

    @Test("an original that does not say the level is a line across where it stands beside all levels, else points")
    func flatOriginal() throws {
        var summary = SummaryBuilder.puzzle
        let path = "plots/persist-mean-along-write-delay.svg"
        let caption = { (summary: ExperimentSummary) in
            PlotSelection(of: summary).plots.first { $0.path == path }?.caption
        }
        #expect(try #require(caption(summary)).contains("dashed line across") == false)
        let figure = try #require(summary.cells[0].reference.first)
        for cell in summary.cells.indices { summary.cells[cell].reference = [figure] }
        #expect(
            try #require(caption(summary)).contains("dashed line across: the original, which does not say its write"))
    }

    @Test("a combination that was measured at one level alone is not drawn along that factor, and that is said")
    func narrow() throws {
        let path = "plots/throughput-along-clients.svg"
        let plot = { (summary: ExperimentSummary) in
            try #require(PlotSelection(of: summary).plots.first { $0.path == path })
        }
        var summary = SummaryBuilder.large
        let whole = try plot(summary)
        let titles = summary.cells.map { cell in
            cell.cell.choices.filter { $0.factor != "clients" }.map { "\($0.factor) \($0.label)" }
                .joined(separator: ", ")
        }
        let narrow = try #require(titles.first)
        var isFirst = true
        summary.cells = zip(titles, summary.cells).filter { title, _ in
            defer { if title == narrow { isFirst = false } }
            return title != narrow || isFirst
        }.map(\.1)
        let rest = try plot(summary)
        #expect(whole.canvas.svg.contains(">\(narrow)</text>") && !rest.canvas.svg.contains(">\(narrow)</text>"))
        #expect(rest.caption == whole.caption + " Combinations that were measured at one level alone are not drawn.")
    }

    @Test("with one pairing no caption speaks of two")
    func onePairing() {
        var summary = SummaryBuilder.large
        summary.declaration.pairings = [.request]
        let plots = PlotSelection(of: summary).plots
        #expect(!plots.isEmpty)
        #expect(plots.allSatisfy { !$0.caption.contains("pairings") && !$0.caption.contains("▼") })
        #expect(
            !MarkdownReport(of: summary, plots: PlotSelection(of: summary)).text.contains("paired in different ways"))
    }

    @Test("a cell without durations has no histogram, and that is said")
    func withoutDurations() {
        var summary = SummaryBuilder.puzzle
        let stages = summary.cells[1].stages
        summary.cells[1].stages = stages.map { SummaryBuilder.stage($0.stage, $0.pairing, subset: $0.subset, nil) }
        #expect(
            PlotSelection(of: summary).omissions.first
                == "Without a finished span of persist, and so without a histogram: write-delay random.")
    }

    @Test("where there is an original, all of the stage is drawn in shares, and the caption says so")
    func shares() throws {
        let plots = PlotSelection(of: SummaryBuilder.puzzle).plots
        #expect(plots[0].caption.contains("Shares") && plots[0].canvas.svg.contains("share of the durations"))
        #expect(plots[0].canvas.svg.contains(">original, by thread: 1976 durations</text>"))
        #expect(plots[1].caption.contains("Counts") && plots[1].canvas.svg.contains("durations in each bucket"))
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
