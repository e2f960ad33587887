import Testing

@testable import Randomness

@Suite("NaturalLogarithm")
struct NaturalLogarithmTests {
    /// Rounded from 40 digits (mpmath 1.3).
    @Test(
        "the logarithm is within one unit in the last place of the true one",
        arguments: [
            (0x1p-53, -36.7368005696771), (2.2250738585072014e-308, -708.3964185322641), (1e-300, -690.7755278982137),
            (1e-10, -23.025850929940457), (0.1, -2.3025850929940455), (0.5, -0.6931471805599453),
            (0.7071067811865475, -0.34657359027997275), (0.7071067811865476, -0.3465735902799726),
            (0.9, -0.10536051565782628), (0.9999999999999999, -1.1102230246251565e-16),
            (1.0000000000000002, 2.2204460492503128e-16), (1.4142135623730951, 0.3465735902799727),
            (1.5, 0.4054651081081644), (2, 0.6931471805599453), (2.718281828459045, 1), (10, 2.302585092994046),
            (12345.678, 9.421061321291832), (1e+300, 690.7755278982137), (1.7976931348623157e+308, 709.782712893384),
        ])
    func values(x: Double, logarithm: Double) {
        #expect(abs(naturalLogarithm(x) - logarithm) <= logarithm.ulp)
    }

    @Test("the logarithm of one is zero")
    func one() {
        #expect(naturalLogarithm(1) == 0)
    }

    @Test("the logarithm never falls where its argument rises")
    func rises() {
        var stream = RandomStream(seed: 2, name: "logarithm")
        let falls = (0..<10_000).map { _ in stream.nextUnit() }
            .filter { naturalLogarithm($0) > naturalLogarithm($0.nextUp) }
        #expect(falls == [])
    }
}
