import Testing

@testable import Reporting

@Suite("axes")
struct AxisScaleTests {
    @Test("more than a factor of ten asks for a log scale, less for a linear one from zero")
    func choice() {
        #expect(AxisScale.fitting([1, 11]).isLogarithmic)
        #expect(!AxisScale.fitting([1, 9]).isLogarithmic)
        #expect(AxisScale.fitting([1, 9]).lowerBound == 0)
        #expect(!AxisScale.fitting([0, 1e9]).isLogarithmic)
    }

    @Test("values that lie close together fill the axis")
    func closeUp() {
        let scale = AxisScale.fitting([50, 51])
        #expect(scale.lowerBound > 45 && scale.upperBound < 56)
        #expect(AxisScale.fitting([50, 51], closeUp: false).lowerBound == 0)
    }

    @Test("ticks are round and lie inside")
    func ticks() {
        #expect(AxisScale(linear: 0, 216).ticks(count: 6) == [0, 50, 100, 150, 200])
        #expect(AxisScale(logarithmic: 12, 1_300).ticks(count: 6) == [20, 50, 100, 200, 500, 1_000])
        #expect(AxisScale(logarithmic: 0.5, 20_000).ticks(count: 3) == [1, 100, 10_000])
    }

    @Test(
        "every place is within 0…1, however odd the values",
        arguments: [
            [], [0], [-5], [.nan], [.infinity, 1], [1e300, -1e300], [.greatestFiniteMagnitude], [1e-300, 1e300],
            [.leastNonzeroMagnitude], [7, 7, 7],
        ] as [[Double]])
    func places(values: [Double]) {
        let scale = AxisScale.fitting(values)
        for value in values.filter(\.isFinite) + [0, 1] {
            #expect((0...1).contains(scale.place(of: value)), "\(value) on \(scale)")
        }
        let ticks = scale.ticks(count: 6)
        #expect(ticks.allSatisfy { $0.isFinite }, "\(ticks)")
        #expect(ticks.count < 40)
    }

    @Test("places run from one end to the other")
    func ends() {
        let scale = AxisScale(logarithmic: 1, 100)
        #expect(scale.place(of: 1) == 0)
        #expect(scale.place(of: 10) == 0.5)
        #expect(scale.place(of: 100) == 1)
    }

    @Test(
        "an axis ends on ticks, and shows all that it showed before",
        arguments: [
            [50.0, 50.2], [24_792, 17e9], [1, 17], [3, 900], [0, 7], [0.3, 0.99], [61e6, 62e6, 50e6], [1e-9, 1e12],
            [1300, 4e9], [5e7],
        ])
    func endsOnTicks(values: [Double]) throws {
        let plain = AxisScale.fitting(values)
        let scale = plain.endingOnTicks(count: 8)
        let ticks = scale.ticks(count: 8)
        #expect(ticks.count >= 2 && ticks.count <= 14)
        #expect(abs(scale.place(of: try #require(ticks.first))) < 1e-6)
        #expect(abs(scale.place(of: try #require(ticks.last)) - 1) < 1e-6)
        #expect(scale.lowerBound <= plain.lowerBound * (1 + 1e-8))
        #expect(scale.upperBound >= plain.upperBound * (1 - 1e-8))
    }
}
