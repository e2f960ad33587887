import Statistics
import Testing

@testable import Reporting

@Suite("figures of a column")
struct FigureColumnTests {
    @Test("a figure stands with its interval, both in the column's unit")
    func interval() {
        let estimate = SummaryBuilder.estimate(50_110_000, spread: 20_000)
        let column = FigureColumn(divisor: 1e6, estimates: [estimate])
        #expect(column.text(estimate) == "50.11 [50.09, 50.13]")
    }

    @Test("absent figures and those that are no numbers are a dash", arguments: [nil, Double.nan, .infinity])
    func absent(value: Double?) {
        let column = FigureColumn(values: [1])
        #expect(column.text(value) == "—")
        #expect(column.text(value.map { SummaryBuilder.single($0) }) == "—")
    }

    @Test("an interval without an end is left out")
    func endless() {
        let estimate = Estimate(
            value: 2, interval: Interval(lowerBound: -.infinity, upperBound: .infinity), processValues: [2])
        #expect(FigureColumn(estimates: [estimate]).text(estimate) == "2.00")
    }

    @Test(
        "the smallest figure sets the decimals",
        arguments: [
            ([1_103.2], 0), ([198.4, 300], 1), ([50.1, 9_000], 2), ([0.5, 50], 3), ([0.0013], 4), ([1e-9], 4), ([0], 0),
            ([], 0),
        ] as [([Double], Int)])
    func decimals(values: [Double], expected: Int) {
        #expect(FigureColumn(values: values).decimals == expected)
    }

    @Test(
        "a narrow interval asks for more decimals, up to four", arguments: [(0.02, 2), (0.002, 3), (1e-9, 4), (30, 2)])
    func narrow(spread: Double, expected: Int) {
        #expect(FigureColumn(estimates: [SummaryBuilder.estimate(50, spread: spread)]).decimals == expected)
    }

    @Test("a huge figure is printed, not trapped on")
    func huge() {
        #expect(FigureColumn(values: [1e300]).text(1e300) == "1e+300")
    }

    @Test("an interval is cut off at what is possible, but never excludes its figure")
    func possible() {
        let estimate = Estimate(
            value: 0.167, interval: Interval(lowerBound: -1.95, upperBound: 2.28), processValues: [0, 0.334])
        #expect(FigureColumn(divisor: 0.01, limit: 1, values: [0.167]).text(estimate) == "16.70 [0.00, 100.00]")
        #expect(FigureColumn(limit: 0.1, values: [0.167]).text(estimate) == "0.167 [0.000, 0.167]")
        let negative = Estimate(
            value: -2, interval: Interval(lowerBound: -3, upperBound: -1), processValues: [-3, -1])
        #expect(FigureColumn(values: [-2]).text(negative) == "-2.00 [-3.00, -1.00]")
    }
}
