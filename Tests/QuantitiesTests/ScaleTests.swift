import Quantities
import Testing

@Suite("One scale for a column")
struct ScaleTests {
    @Test(
        "the unit is the largest in which the value is at least one",
        arguments: [
            (0, .nanoseconds), (999, .nanoseconds), (1e3, .microseconds), (999_999, .microseconds),
            (1e6, .milliseconds), (-5e7, .milliseconds), (1e9, .seconds), (1e15, .seconds),
        ] as [(Double, Scale)])
    func fits(nanoseconds: Double, scale: Scale) {
        #expect(Scale.fitting(nanoseconds: nanoseconds) == scale)
    }

    @Test(
        "values far apart share the typical one's unit until the largest has more than five digits",
        arguments: [
            (1_100, 6_502_465_337, .milliseconds), (1_100, 99_999_999, .microseconds), (1_100, 1e8, .milliseconds),
            (50e6, 17e9, .milliseconds), (50e6, 200e9, .seconds), (3, 1e14, .seconds), (2e9, 1e20, .seconds),
            (0, 0, .nanoseconds), (-4e6, -1e12, .seconds),
        ] as [(Double, Double, Scale)])
    func shared(typical: Double, largest: Double, scale: Scale) {
        #expect(Scale.shared(typicalNanoseconds: typical, largestNanoseconds: largest) == scale)
    }

    @Test("a column prints in one unit with the same decimals")
    func prints() {
        let scale = Scale.milliseconds
        #expect(scale.text(nanoseconds: 50_110_000, decimals: 2) == "50.11 ms")
        #expect(scale.number(nanoseconds: 24_792, decimals: 2) == "0.02")
    }

    @Test(
        "numbers are rounded to the decimals asked for",
        arguments: [
            (1.005, 2, "1.00"), (2.5, 0, "3"), (-2.5, 0, "-3"), (0.05, 1, "0.1"), (-0.04, 1, "0.0"),
            (1234.5678, 3, "1234.568"),
            (-0.5, 2, "-0.50"), (.nan, 2, "—"), (.infinity, 0, "—"), (1e300, 2, "1e+300"),
        ] as [(Double, Int, String)])
    func rounds(value: Double, decimals: Int, text: String) {
        #expect(value.fixed(decimals) == text)
    }
}
