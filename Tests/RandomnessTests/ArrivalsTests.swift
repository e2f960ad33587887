import Quantities
import Randomness
import Testing

@Suite("Arrivals")
struct ArrivalsTests {
    @Test(
        "a text and its value read back",
        arguments: [
            ("closed", .closed), ("poisson(100/s)", .poisson(perSecond: 100)), ("paced(0.5/s)", .paced(perSecond: 0.5)),
        ] as [(String, Arrivals)])
    func texts(text: String, arrivals: Arrivals) throws {
        #expect(try Arrivals(text: text) == arrivals)
        #expect(arrivals.text == text)
    }

    @Test(
        "blanks between the parts are ignored",
        arguments: ["poisson (100/s)", " poisson( 100 /s ) ", "poisson\t(100/s)"])
    func blanks(text: String) throws {
        #expect(try Arrivals(text: text) == .poisson(perSecond: 100))
    }

    @Test(
        "what is none says why and what to write",
        arguments: [
            ("", "'' is none of closed, poisson(RATE), paced(RATE), as in poisson(100/s)"),
            (
                "close",
                "'close' is none of closed, poisson(RATE), paced(RATE), as in poisson(100/s): did you mean closed?"
            ),
            (
                "closed(3/s)",
                "'closed(3/s)' is none of closed, poisson(RATE), paced(RATE), as in poisson(100/s): did you mean closed?"
            ),
            ("poisson", "'poisson' has no rate: write requests a second, as in poisson(100/s)"),
            ("paced(100)", "'paced(100)' has no rate: write requests a second, as in paced(100/s)"),
            ("paced(0/s)", "'paced(0/s)' has a rate that is not above 0/s and at most 1000000/s"),
            ("poisson(1000001/s)", "'poisson(1000001/s)' has a rate that is not above 0/s and at most 1000000/s"),
            (
                "poisson(-1/s)",
                "'poisson(-1/s)' has a rate that cannot be read: write requests a second, as in poisson(100/s)"
            ),
            (
                "paced(100/min)",
                "'paced(100/min)' has a rate that cannot be read: write requests a second, as in paced(100/s)"
            ),
            ("paced(50ms)", "'paced(50ms)' has no rate: write requests a second, as in paced(100/s)"),
            ("poisson 100/s", "'poisson 100/s' has no rate: write requests a second, as in poisson(100/s)"),
        ])
    func refusals(text: String, sentence: String) {
        let error = #expect(throws: QuantityError.self) { try Arrivals(text: text) }
        #expect(error?.description == sentence)
    }

    @Test("a closed loop has no schedule")
    func closed() {
        #expect(ArrivalTimes(.closed, drawingFrom: RandomStream(seed: 1, name: "arrivals")) == nil)
    }

    @Test("paced requests are due at equal distances that do not drift, the first after one")
    func paced() throws {
        var times = try #require(ArrivalTimes(.paced(perSecond: 3), drawingFrom: RandomStream(seed: 1, name: "a")))
        var last: Int64 = 0
        for _ in 0..<3_000_000 { last = times.next() }
        #expect(last == 1_000_000_000_000_000)
    }

    @Test(
        "what is due after the end of time is due then",
        arguments: [Arrivals.paced(perSecond: 1e-10), .poisson(perSecond: 1e-12)])
    func endOfTime(arrivals: Arrivals) throws {
        var times = try #require(ArrivalTimes(arrivals, drawingFrom: RandomStream(seed: 1, name: "arrivals")))
        #expect([times.next(), times.next(), times.next()] == [.max, .max, .max])
    }

    @Test("the intervals of a Poisson process are exponential: mean and standard deviation 1/λ, no memory of the last")
    func poisson() throws {
        let stream = RandomStream(seed: 11, name: "arrivals")
        var times = try #require(ArrivalTimes(.poisson(perSecond: 1000), drawingFrom: stream))
        let count = 200_000
        var last: Int64 = 0
        var intervals: [Double] = []
        for _ in 0..<count {
            let next = times.next()
            intervals.append(Double(next - last) / 1e6)
            last = next
        }
        let mean = intervals.reduce(0, +) / Double(count)
        let variance = intervals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
        let products = zip(intervals, intervals.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
        // Standard errors: 1/√n of the mean, √(8/n) of the variance (the fourth central moment is 9), 1/√n of the
        // autocorrelation; each within 2.576 of them, which 99 in 100 seeds are.
        let error = 1 / Double(count).squareRoot()
        #expect(abs(mean - 1) < 2.576 * error, "seed 11")
        #expect(abs(variance - 1) < 2.576 * 8.0.squareRoot() * error, "seed 11")
        #expect(abs(products / Double(count) / variance) < 2.576 * error, "seed 11")
    }
}
