import Analysis
import Experiments
import Statistics
import Testing
import TraceModel

@testable import Reporting

@Suite("a plot of histograms")
struct HistogramPlotTests {
    @Test(
        "a duration has its own unit and three digits at most",
        arguments: [
            (1, "1 ns"), (1_000, "1 µs"), (1_500, "1.50 µs"), (53_006_000, "53.0 ms"), (1_103_200_000, "1.10 s"),
            (100e6, "100 ms"), (999_999_999, "1.00 s"), (0, "0 ns"), (2e297, "2.0e288 s"),
        ] as [(Double, String)])
    func timeText(nanoseconds: Double, expected: String) {
        #expect(HistogramPlot.timeText(nanoseconds) == expected)
    }

    @Test("every bucket that is not empty has a bar, and the reference's a step")
    func bars() {
        let byRequest = SummaryBuilder.stage(.persist, .request, SummaryBuilder.fixedByRequest)
        let byThread = SummaryBuilder.stage(
            .persist, .thread, SummaryBuilder.fixedByThread, reference: SummaryBuilder.originalHistogram)
        let plot = HistogramPlot(title: "t", panels: [.init(title: "p", summaries: [byRequest, byThread])])
        let lines = plot.canvas.svg.split(separator: "\n")
        // One more of each is the legend's.
        #expect(lines.count { $0.hasSuffix("class=\"request bar\"/>") } == 1 + 1)
        #expect(lines.count { $0.hasSuffix("class=\"thread bar\"/>") } == 22 + 1)
        #expect(
            lines.count { $0.hasSuffix("class=\"original line\"/>") }
                == SummaryBuilder.originalHistogram.count { $0.count > 0 } + 1)
    }

    @Test("in shares, distributions of the same shape have bars of the same height whatever their counts")
    func shares() {
        let byRequest = SummaryBuilder.stage(.persist, .request, SummaryBuilder.fixedByRequest)
        var many = byRequest
        for bucket in many.powerOfTwo.indices { many.powerOfTwo[bucket].count *= 10 }
        let heights = { (unit: HistogramPlot.Unit) in
            let plot = HistogramPlot(
                title: "t", panels: [byRequest, many].map { .init(title: "p", summaries: [$0]) }, unit: unit)
            // The first bar is the legend's.
            let bars = plot.canvas.svg.split(separator: "\n").filter { $0.hasSuffix("class=\"request bar\"/>") }
            return bars.dropFirst().map { $0.split(separator: "height=")[1].prefix { $0 != " " } }
        }
        #expect(heights(.shares).count == 2 && Set(heights(.shares)).count == 1)
        #expect(Set(heights(.counts)).count == 2)
    }

    @Test(
        "the axis of counts ends on a labelled tick",
        arguments: [(7, "10"), (400, "1000"), (4_466, "10000"), (60_000, "1e6")])
    func top(count: Int, expected: String) {
        var stage = SummaryBuilder.stage(.persist, .request, SummaryBuilder.fixedByRequest)
        stage.powerOfTwo = [.init(lowerBoundNanoseconds: 1024, upperBoundNanoseconds: 2048, count: count)]
        let svg = HistogramPlot(title: "t", panels: [.init(title: "p", summaries: [stage])]).canvas.svg
        #expect(svg.contains(">\(expected)</text>"))
    }

    @Test("what the picture shows is said in words")
    func description() {
        let byThread = SummaryBuilder.stage(.persist, .thread, SummaryBuilder.fixedByThread)
        let none = SummaryBuilder.stage(.persist, .request, nil)
        let plot = HistogramPlot(title: "t", panels: [.init(title: "15 clients", summaries: [none, byThread])])
        #expect(plot.canvas.summary == "15 clients: by request: none; by thread: 6853, 1 µs to 1.10 s.")
    }

    @Test("count and range always stand at the right, however long the panel's title is")
    func notes() {
        let byRequest = SummaryBuilder.stage(.persist, .request, SummaryBuilder.fixedByRequest)
        let byThread = SummaryBuilder.stage(.persist, .thread, SummaryBuilder.fixedByThread)
        let title = String(repeating: "long ", count: 40)
        let plot = HistogramPlot(title: "t", panels: [.init(title: title, summaries: [byRequest, byThread])])
        #expect(plot.canvas.svg.contains(">▲ 11976: 50.0–53.0 ms</text>"))
        #expect(plot.canvas.svg.contains(">▼ 6853: 1 µs–1.10 s</text>"))
        #expect(plot.canvas.svg.contains("…</text>"))
    }

    @Test("a pairing without durations says so in its own half")
    func noDurations() {
        let byRequest = SummaryBuilder.stage(.persist, .request, SummaryBuilder.fixedByRequest)
        let none = SummaryBuilder.stage(.persist, .thread, nil)
        let svg = HistogramPlot(title: "t", panels: [.init(title: "p", summaries: [byRequest, none])]).canvas.svg
        #expect(svg.contains(">▼ none</text>"))
        #expect(svg.contains(">no durations by thread</text>"))
        #expect(!svg.contains(">no durations by request</text>"))
    }
}
