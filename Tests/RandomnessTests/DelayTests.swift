import Quantities
import Testing

@testable import Randomness

@Suite("Delay")
struct DelayTests {
    @Test(
        "a delay is read and printed in one canonical form",
        arguments: [
            ("50ms", "50ms"),
            ("  50 ms ", "50ms"),
            ("0s", "0s"),
            ("1500us", "1500us"),
            ("uniform(45ms,55ms)", "uniform(45ms, 55ms)"),
            ("uniform ( 45ms , 45ms )", "uniform(45ms, 45ms)"),
            ("normal(60ms, 5ms)", "normal(60ms, 5ms)"),
            ("exponential(10ms)", "exponential(10ms)"),
            ("50ms+normal(10ms, 5ms)", "50ms + normal(10ms, 5ms)"),
            ("1.5ms + 1s + exponential(1min)", "1500us + 1s + exponential(60s)"),
        ])
    func reading(text: String, canonical: String) throws {
        let delay = try Delay(text: text)
        #expect(delay.text == canonical)
        #expect(try Delay(text: canonical) == delay)
    }

    @Test(
        "the mean is the sum of the terms' means",
        arguments: [
            ("50ms", .milliseconds(50)),
            ("uniform(45ms, 55ms)", .milliseconds(50)),
            ("normal(60ms, 5ms)", .milliseconds(60)),
            ("50ms + normal(10ms, 5ms) + exponential(10ms)", .milliseconds(70)),
        ] as [(String, Duration)])
    func means(text: String, mean: Duration) throws {
        #expect(try Delay(text: text).mean == mean)
    }

    @Test(
        "what does not fit is refused with its place, what is allowed and the nearest name",
        arguments: [
            ("", "'' is empty: write a delay, as in 50ms or 50ms + normal(10ms, 5ms)"),
            (
                "unifrm(45ms, 55ms)",
                "'unifrm(45ms, 55ms)' has 'unifrm' at character 1, which is none of uniform, normal, exponential: "
                    + "did you mean uniform?"
            ),
            (
                "50ms + NORMAL(10ms, 5ms)",
                "'50ms + NORMAL(10ms, 5ms)' has 'NORMAL' at character 8, which is none of uniform, normal, "
                    + "exponential: did you mean normal?"
            ),
            (
                "poisson(3ms)",
                "'poisson(3ms)' has 'poisson' at character 1, which is none of uniform, normal, exponential"
            ),
            (
                "50",
                "'50' has '50' at character 1, which has no unit: write one of ns, us, ms, s, min, h, as in 50ms"
            ),
            (
                "normal(10ms, 5)",
                "'normal(10ms, 5)' has '5' at character 14, which has no unit: "
                    + "write one of ns, us, ms, s, min, h, as in 5ms"
            ),
            (
                "uniform(55ms, 45ms)",
                "'uniform(55ms, 45ms)' has bounds in the wrong order at character 9: "
                    + "write the lower one first, as in uniform(45ms, 55ms)"
            ),
            (
                "uniform(500ns, 1ms)",
                "'uniform(500ns, 1ms)' has the bound 500ns at character 9, which is not in whole microseconds: "
                    + "a random term is drawn in whole microseconds"
            ),
            (
                "normal(-5ms, 1ms)",
                "'normal(-5ms, 1ms)' has '-5ms' at character 8, which is negative: a duration is zero or more"
            ),
            (
                "-5ms",
                "'-5ms' has '-5ms' at character 1, which is negative: a duration is zero or more"
            ),
            (
                "50ms)",
                "'50ms)' has ')' at character 5, where '+' and another term, or the end should stand"
            ),
            (
                "normal(10ms)",
                "'normal(10ms)' has ')' at character 12, where ',' should stand: "
                    + "normal takes a mean and a standard deviation"
            ),
            (
                "exponential(10ms, 5ms)",
                "'exponential(10ms, 5ms)' has ',' at character 17, where ')' should stand: exponential takes a mean"
            ),
            (
                "uniform(45ms",
                "'uniform(45ms' ends where ',' should follow: uniform takes a lower bound and an upper bound"
            ),
            (
                "uniform",
                "'uniform' ends where '(' should follow: uniform takes a lower bound and an upper bound"
            ),
            (
                "50ms +",
                "'50ms +' ends where a duration such as 50ms or one of uniform, normal, exponential should follow"
            ),
            (
                "50ms + + 5ms",
                "'50ms + + 5ms' has '+' at character 8, where a duration without a sign, such as 50ms should stand"
            ),
            (
                "50ms 5ms",
                "'50ms 5ms' has '50ms 5ms' at character 1, which has the unit 'ms 5ms', "
                    + "which is none of ns, us, ms, s, min, h"
            ),
            (
                "2000h",
                "'2000h' has '2000h' at character 1, which is longer than 1000 h, the longest duration allowed"
            ),
        ])
    func refusals(text: String, message: String) {
        #expect { try Delay(text: text) } throws: { "\($0)" == message }
    }

    @Test("a sum of eight terms is read, one of nine is refused")
    func termCount() throws {
        #expect(try Delay(text: [String](repeating: "1ms", count: 8).joined(separator: "+")).mean == .milliseconds(8))
        let nine = [String](repeating: "1ms", count: 9).joined(separator: "+")
        #expect {
            try Delay(text: nine)
        } throws: {
            "\($0)" == "'\(nine)' has more than 8 terms, the most that a delay may be the sum of"
        }
    }

    @Test("a text of more than 200 characters is refused without printing it all")
    func length() {
        #expect {
            try Delay(text: String(repeating: "9", count: 1_000_000))
        } throws: {
            "\($0)"
                == "'999999999999999999999999…' is longer than 200 characters, the longest text of a delay"
        }
    }

    @Test("no text that is not a delay crashes the reader", arguments: 1...50 as ClosedRange<UInt64>)
    func junk(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, name: "junk")
        let alphabet = Array("0123456789.-+,() umsnhµormaluniform\u{0}\u{301}\n💥")
        for _ in 0..<200 {
            let text = String(
                (0..<stream.next(below: 24)).map { _ in alphabet[Int(stream.next(below: UInt64(alphabet.count)))] })
            do {
                let delay = try Delay(text: text)
                #expect(try Delay(text: delay.text) == delay, "seed \(seed), '\(text)'")
            } catch {
                #expect(error.complaint.isEmpty == false, "seed \(seed), '\(text)'")
            }
        }
    }

    @Test("the default write delay draws these first")
    func firstDraws() throws {
        let delay = try Delay(text: "50ms + normal(10ms, 5ms)")
        var stream = RandomStream(seed: 1, name: "client/0/write")
        let draws = (0..<5).map { _ in delay.draw(from: &stream).duration.inNanoseconds }
        #expect(draws == [57_206_000, 56_789_000, 62_202_000, 52_646_000, 61_526_000])
    }

    @Test("a constant is exact to the nanosecond and takes nothing from the stream")
    func constants() throws {
        var stream = RandomStream(seed: 1, name: "constant")
        var untouched = stream
        #expect(
            try Delay(text: "123ns").draw(from: &stream) == DelayDraw(duration: .nanoseconds(123), isBelowZero: false))
        #expect(stream.next() == untouched.next())
    }

    @Test("a term below zero counts as zero and the draw says so, which happens as often as Φ(−μ/σ)")
    func belowZero() throws {
        let delay = try Delay(text: "50ms + normal(10ms, 5ms)")
        var stream = RandomStream(seed: 8, name: "negative")
        let draws = (0..<100_000).map { _ in delay.draw(from: &stream) }
        let constant = Duration.milliseconds(50)
        #expect(draws.allSatisfy { $0.duration >= constant && (!$0.isBelowZero || $0.duration == constant) })
        // Φ(−2) = 0.02275, less the draws that round to zero: Φ(−2.0001) = 0.02274. Four standard errors are 0.0019.
        #expect(abs(Double(draws.count { $0.isBelowZero }) / 100_000 - 0.02274) < 0.0019, "seed 8")
    }

    @Test("the mean of what is drawn is longer than written where a term can fall below zero")
    func meanAboveZero() throws {
        let delay = try Delay(text: "50ms + normal(10ms, 5ms)")
        var stream = RandomStream(seed: 9, name: "mean")
        let total = (0..<100_000).reduce(0) { sum, _ in sum + delay.draw(from: &stream).duration.inNanoseconds }
        // 50 + 10 Φ(2) + 5 φ(2) with Φ(2) = 0.977250 and φ(2) = 0.053991; four standard errors are 0.063 ms.
        let expected: Double = 50 + 10 * 0.977250 + 5 * 0.053991
        #expect(abs(Double(total) / 1e11 - expected) < 0.063, "seed 9")
        #expect(abs(delay.meanDrawn.inSeconds * 1000 - expected) < 1e-4)
        #expect(delay.mean == .milliseconds(60))
    }
}
