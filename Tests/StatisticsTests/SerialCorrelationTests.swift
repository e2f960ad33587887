import Statistics
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Correlation from process to process")
struct SerialCorrelationTests {
    /// Deviations −2.5 … 2.5: products 3.75 + 0.75 − 0.25 + 0.75 + 3.75 of squares 17.5. Of the 720 orders, the share
    /// with a correlation as far from −1/6 is counted here by all of them.
    @Test("a worked example, and the probability is that over all orders")
    func worked() throws {
        var generator = SeededGenerator(state: 1)
        let found = try #require(SerialCorrelation(of: [1, 2, 3, 4, 5, 6], orders: 20_000, using: &generator))
        #expect(agree(found.lag1, 0.5, within: 1e-14))
        #expect(agree(found.effectiveCount, 2, within: 1e-13))
        var (reached, orders) = (0, 0)
        func visit(_ prefix: [Double], _ rest: [Double]) {
            if rest.isEmpty {
                orders += 1
                let products = zip(prefix, prefix.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
                reached += abs(products / 17.5 + 1.0 / 6) >= 0.5 + 1.0 / 6 - 1e-12 ? 1 : 0
            }
            for index in rest.indices {
                var others = rest
                visit(prefix + [others.remove(at: index)], others)
            }
        }
        visit([], [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5])
        #expect(orders == 720)
        #expect(abs(found.probability - Double(reached) / 720) < 0.01)
    }

    @Test("processes that alternate are worth no more than their number")
    func alternating() throws {
        var generator = SeededGenerator(state: 1)
        let values = (0..<20).map { Double($0 % 2) }
        let found = try #require(SerialCorrelation(of: values, using: &generator))
        #expect(found.lag1 < -0.9)
        #expect(found.effectiveCount == 20)
        #expect(found.probability < 0.01)
        let again = SerialCorrelation(of: values, using: &generator)
        #expect(again?.lag1 == found.lag1)
    }

    @Test("the same seed gives the same probability; too few or equal values say nothing")
    func edges() {
        var (one, other) = (SeededGenerator(state: 7), SeededGenerator(state: 7))
        let values = [3.0, 1, 4, 1, 5, 9, 2, 6]
        #expect(SerialCorrelation(of: values, using: &one) == SerialCorrelation(of: values, using: &other))
        #expect(SerialCorrelation(of: [1, 2, 3, 4, 5], using: &one) == nil)
        #expect(SerialCorrelation(of: [2, 2, 2, 2, 2, 2], using: &one) == nil)
    }

    @Test(
        "independent values fall below 5 % in 2.5 to 6.5 % of 1,000 samples, skewed ones as well",
        arguments: [6, 10, 20], [false, true])
    func size(count: Int, isSkewed: Bool) throws {
        var generator = SeededGenerator(state: UInt64(count))
        var alarms = 0
        for _ in 0..<1000 {
            let values = (0..<count).map { _ in isSkewed ? exp(generator.normal()) : generator.normal() }
            let found = try #require(SerialCorrelation(of: values, orders: 99, using: &generator))
            alarms += found.probability <= 0.05 ? 1 : 0
        }
        measured("serial correlation at 5 %, \(count) \(isSkewed ? "skewed" : "normal") values", alarms, of: 1000)
        #expect((25...65).contains(alarms), "\(alarms)")
    }

    @Test("a correlation of 0.7 over 20 processes is seen in two thirds of 300 samples")
    func power() throws {
        var generator = SeededGenerator(state: 2)
        var seen = 0
        for _ in 0..<300 {
            let values = Courses.autoregression(20, correlation: 0.7, using: &generator)
            let found = try #require(SerialCorrelation(of: values, orders: 199, using: &generator))
            seen += found.probability <= 0.05 ? 1 : 0
        }
        measured("serial correlation of 0.7 over 20 processes seen at 5 %", seen, of: 300)
        #expect(seen >= 200, "\(seen)")
    }
}
