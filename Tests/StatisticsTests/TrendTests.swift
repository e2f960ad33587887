import TestSupport
import Testing

@testable import Statistics

@Suite("Trends")
struct TrendTests {
    @Test("slope and probability are SciPy's", arguments: WarmUpValues.trends)
    func scipy(values: [Double], slope: Double, probability: Double) {
        #expect(agree(Trend.slope(values), slope, within: 1e-12))
        #expect(agree(Trend.probability(values, varianceFactor: 1), probability, within: 1e-9))
    }

    @Test("a straight line: the change over its length, whatever the number of batches", arguments: [10, 57, 500])
    func line(count: Int) throws {
        let trend = try #require(Trend(of: (0..<count).map { 100 + Double($0) }))
        #expect(agree(trend.change, Double(count), within: 1e-9))
        #expect(agree(try #require(trend.relativeChange), Double(count) / (99.5 + Double(count) / 2), within: 1e-9))
        #expect(trend.probability < 0.001)
    }

    @Test("a course without noise that bends is no steady one")
    func bent() throws {
        let trend = try #require(Trend(of: (0..<200).map { Double($0 * $0) }))
        #expect(trend.probability < 0.01)
    }

    @Test("equal means do not move; below 10 nothing is said")
    func edges() throws {
        let equal = try #require(Trend(of: [Double](repeating: 0, count: 30)))
        #expect((equal.change, equal.probability) == (0, 1))
        #expect(equal.relativeChange == nil)
        #expect(Trend(of: [Double](repeating: 0, count: 9)) == nil)
    }

    @Test(
        "steady autoregressions fall below 5 % as often as the documentation says",
        arguments: [
            (50, 0, 0.06), (50, 0.5, 0.09), (50, 0.8, 0.11), (50, 0.9, 0.16), (200, 0.5, 0.08), (200, 0.9, 0.09),
        ])
    func size(count: Int, correlation: Double, largest: Double) throws {
        var generator = SeededGenerator(state: UInt64(count))
        var (fivePercent, onePercent) = (0, 0)
        for _ in 0..<600 {
            let means = Courses.autoregression(count, correlation: correlation, using: &generator)
            let probability = try #require(Trend(of: means)).probability
            fivePercent += probability < 0.05 ? 1 : 0
            onePercent += probability < 0.01 ? 1 : 0
        }
        measured("trend at 5 %, autoregression \(correlation), \(count) batches", fivePercent, of: 600)
        measured("trend at 1 %, autoregression \(correlation), \(count) batches", onePercent, of: 600)
        #expect(Double(fivePercent) / 600 < largest, "\(fivePercent)")
    }
}
