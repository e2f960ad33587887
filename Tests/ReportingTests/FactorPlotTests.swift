import Experiments
import Statistics
import Testing
import TraceModel

@testable import Reporting

@Suite("a plot along a factor")
struct FactorPlotTests {
    private func plot(
        levels: [String], values: [Double], role: PlotRole = .measured(.request), isFlat: Bool = false,
        gaps: [Int] = [], interval: Interval? = nil
    ) -> FactorPlot {
        let points = values.enumerated().map {
            FactorPlot.Point(level: $0, value: $1, interval: interval, processValues: [])
        }
        return FactorPlot(
            metric: .stage(.persist, .all, .mean), factor: "clients", levels: levels,
            panels: [.init(title: "", series: [.init(role: role, isFlat: isFlat, gaps: gaps, points: points)])])
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

    @Test("what does not say its level is a level line across the panel, without markers")
    func flat() {
        let svg = plot(levels: ["1", "15"], values: [5e7, 5e7], role: .original(.thread), isFlat: true).canvas.svg
        #expect(svg.contains("x1=\"84\"") && svg.contains("class=\"thread line dashed\""))
        #expect(!svg.contains("<polyline"))
        #expect(!plot(levels: ["1", "15"], values: [5e7, 5e7], role: .original(.thread)).hasFlatOriginal)
        // The one marker is the legend's.
        #expect(svg.split(separator: "\n").count { $0.hasSuffix("class=\"thread hollow\"/>") } == 1)
    }

    @Test("a level without a figure has a small grey cross at the foot, and the legend says what that is")
    func gaps() {
        let crosses = { (plot: FactorPlot) in
            plot.canvas.svg.split(separator: "\n").count { $0.hasSuffix("class=\"gap\"/>") }
        }
        let whole = plot(levels: ["1", "2"], values: [5e7, 6e7])
        #expect(!whole.hasGaps && crosses(whole) == 0 && !whole.canvas.svg.contains(">no figure</text>"))
        let gap = plot(levels: ["1", "2"], values: [5e7], gaps: [1])
        // Two lines a cross: one at the foot, one in the legend.
        #expect(gap.hasGaps && crosses(gap) == 4 && gap.canvas.svg.contains(">no figure</text>"))
    }

    @Test("the axis of a share ends at the whole")
    func share() {
        let points = [0.2, 1].enumerated().map {
            FactorPlot.Point(level: $0, value: $1, interval: nil, processValues: [])
        }
        let svg = FactorPlot(
            metric: .blockedShare, factor: "f", levels: ["1", "2"],
            panels: [.init(title: "", series: [.init(role: .measured(nil), points: points)])]
        ).canvas.svg
        #expect(svg.contains(">100 %</text>") && !svg.contains(">120 %</text>"))
    }

    @Test("a whisker that the axis cuts is said to be cut")
    func cut() {
        let interval = Interval(lowerBound: 0, upperBound: 3e9)
        #expect(plot(levels: ["1", "2"], values: [1e6, 1e9], interval: interval).hasCutWhiskers)
        #expect(!plot(levels: ["1", "2"], values: [1e9, 2e9], interval: interval).hasCutWhiskers)
    }

    @Test("four series and their dots stay within their level's slot", arguments: [2, 5, 9, 12])
    func dodged(levelCount: Int) throws {
        let levels = (0..<levelCount).map { String($0) }
        let roles: [PlotRole] = [
            .measured(.request), .measured(.thread), .original(.request), .original(.thread),
        ]
        let series = roles.map { role in
            FactorPlot.Series(role: role, points: [.init(level: 0, value: 5e7, interval: nil, processValues: [8e7])])
        }
        let svg = FactorPlot(
            metric: .stage(.persist, .all, .mean), factor: "f", levels: levels,
            panels: [.init(title: "a", series: series), .init(title: "b", series: series)]
        ).canvas.svg
        let slot = (880.0 - 84 - 20 - 26) / 2 / Double(levelCount)
        let lefts =
            svg.split(separator: "\n").filter { $0.contains("class=\"request dot\"") }
            + svg.split(separator: "\n").filter { $0.contains("class=\"thread dot\"") }
        let places = try lefts.map { line in
            try #require(Double(line.split(separator: "cx=\"")[1].prefix { $0 != "\"" }))
        }
        let own = places.filter { $0 < 84 + (880.0 - 84 - 20 - 26) / 2 }
        #expect(own.count == 4)
        #expect(own.allSatisfy { $0 > 84 && $0 + 2.5 <= 84 + slot + 0.01 })
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
