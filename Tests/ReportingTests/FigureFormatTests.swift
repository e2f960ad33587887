import Experiments
import Statistics
import Testing
import TraceModel

@testable import Reporting

@Suite("figures with their units")
struct FigureFormatTests {
    @Test(
        "each kind of figure has its unit",
        arguments: [
            (.stage(.persist, .all, .mean), 65_804_674, "65.80 ms"), (.stage(.persist, .all, .count), 1_976, "1976"),
            (.throughput, 14.94, "14.94/s"), (.blockedShare, 0.018, "1.80 %"), (.peakMemory, 14_680_064, "14.00 MiB"),
        ] as [(Metric, Double, String)])
    func units(metric: Metric, value: Double, expected: String) {
        #expect(FigureFormat(metric: metric, values: [value]).text(value) == expected)
    }

    @Test("a tick has no decimals that say nothing", arguments: [(0.25, "25 %"), (0.125, "12.5 %"), (0, "0 %")])
    func ticks(value: Double, expected: String) {
        #expect(FigureFormat(metric: .blockedShare, values: [value]).tickText(value) == expected)
    }

    @Test("a huge tick keeps its exponent")
    func hugeTick() {
        #expect(FigureFormat(metric: .throughput, values: [1.5e300]).tickText(1.5e300) == "1.5e+300/s")
    }

    @Test("no number, no unit")
    func notANumber() {
        let format = FigureFormat(metric: .throughput, values: [.nan])
        #expect(format.text(.nan) == "—")
    }
}
