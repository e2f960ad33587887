import Experiments
import Testing
import TraceModel

@testable import Reporting

@Suite("a plot along a factor")
struct FactorPlotTests {
    private func plot(levels: [String], values: [Double], role: PlotRole = .measured(.request)) -> FactorPlot {
        let points = values.enumerated().map {
            FactorPlot.Point(level: $0, value: $1, interval: nil, processValues: [])
        }
        return FactorPlot(
            metric: .stage(.persist, .all, .mean), factor: "clients", levels: levels,
            panels: [.init(title: "", series: [.init(role: role, points: points)])])
    }

    @Test("levels that are numbers are joined, names are not")
    func joined() {
        let isJoined = { (plot: FactorPlot) in plot.canvas.svg.contains("<polyline") }
        #expect(isJoined(plot(levels: ["1", "15"], values: [5e7, 6e7])))
        #expect(!isJoined(plot(levels: ["fixed", "random"], values: [5e7, 6e7])))
    }

    @Test("the original is hollow and dashed, the measured series is neither")
    func original() {
        let original = plot(levels: ["1", "15"], values: [5e7, 6e7], role: .original(.thread)).canvas.svg
        #expect(original.contains("class=\"thread line dashed\"") && original.contains("class=\"thread hollow\""))
        let measured = plot(levels: ["1", "15"], values: [5e7, 6e7], role: .measured(.thread)).canvas.svg
        #expect(!measured.contains("class=\"thread line dashed\"") && !measured.contains("class=\"thread hollow\""))
    }

    @Test("more than a factor of ten is drawn on a log scale, and the axis says so")
    func logarithmic() {
        #expect(plot(levels: ["1", "2"], values: [1e6, 1e9]).canvas.svg.contains("persist: mean, log scale"))
        #expect(!plot(levels: ["1", "2"], values: [1e9, 2e9]).canvas.svg.contains("log scale"))
    }

    @Test("what the picture shows is said in words")
    func description() {
        #expect(
            plot(levels: ["1", "15"], values: [50.11e6, 60.13e6]).canvas.summary
                == "by request: 1 50.11 ms, 15 60.13 ms.")
    }

    @Test("labels too long for their places are turned")
    func turned() {
        let labels = (0..<9).map { "uniform(\($0)ms, 90ms)" }
        let turned = plot(levels: labels, values: labels.map { _ in 5e7 }).canvas.svg
        #expect(turned.split(separator: "rotate(-35 ").count == 1 + labels.count)
        #expect(!plot(levels: ["1", "2"], values: [5e7, 6e7]).canvas.svg.contains("rotate(-35 "))
    }
}
