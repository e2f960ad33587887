import Statistics
import TestSupport
import Testing

@testable import Reporting

@Suite("DetectionPlot")
struct DetectionPlotTests {
    private func points(_ shares: [Double]) -> [DetectionPlot.Point] {
        shares.enumerated().map { index, share in
            .init(
                effect: Double(index) * 0.02, share: share,
                interval: Interval(lowerBound: max(0, share - 0.03), upperBound: min(1, share + 0.03)))
        }
    }

    @Test("a line a rule, with intervals, and the band, as it was last reviewed")
    func golden() throws {
        let plot = DetectionPlot(
            title: "How often a slow-down is found", band: 0.01,
            series: [
                .init(title: "the gate: fail", points: points([0, 0.87, 1, 1])),
                .init(title: "Welch on runs", points: points([0.31, 0.99, 1, 1])),
            ])
        #expect(try Golden.compare(plot.svg, with: "detection.svg").complaint == nil)
        #expect(plot.svg.contains("the gate: fail: 0 % 0 %, 2 % 87 %, 4 % 100 %, 6 % 100 %."))
    }
}
