import Quantities
import Testing

@Suite("PeriodicSpan")
struct PeriodicSpanTests {
    @Test("a text and its value read back", arguments: ["1s/10s", "1ms/2ms", "999ms/1s"])
    func texts(text: String) throws {
        #expect(try PeriodicSpan(text: text).text == text)
    }

    @Test(
        "what is no part of a period says why",
        arguments: [
            ("1s", "'1s' is not a part of a period: write two durations, as in 1s/10s"),
            ("1s/2s/3s", "'1s/2s/3s' is not a part of a period: write two durations, as in 1s/10s"),
            (
                "10s/10s",
                "'10s/10s' is no part of a period: the first duration is more than 0s and shorter than the second"
            ),
            (
                "0s/10s",
                "'0s/10s' is no part of a period: the first duration is more than 0s and shorter than the second"
            ),
            ("1/10s", "'1' has no unit: write one of ns, us, ms, s, min, h, as in 1ms"),
        ])
    func refusals(text: String, sentence: String) {
        let error = #expect(throws: QuantityError.self) { try PeriodicSpan(text: text) }
        #expect(error?.description == sentence)
    }

    @Test(
        "work ends as late as the spans it meets make it: 3 ns in every 10, from 7 to 10, 17 to 20, …",
        arguments: [
            // start, work, end
            (0, 0, 0), (0, 7, 7), (0, 8, 11), (6, 1, 7), (6, 2, 11), (7, 0, 10), (8, 1, 11), (0, 14, 17), (0, 15, 21),
            (9, 21, 37), (9, 22, 41), (13, 3, 16),
        ] as [(Int64, Int64, Int64)])
    func ends(start: Int64, work: Int64, end: Int64) {
        let span = PeriodicSpan(length: .nanoseconds(3), period: .nanoseconds(10))
        #expect(span.end(ofNanoseconds: work, from: start) == end)
    }

    @Test("work that would end after the end of time ends there")
    func endOfTime() {
        let span = PeriodicSpan(length: .nanoseconds(999_999_999), period: .seconds(1))
        #expect(span.end(ofNanoseconds: 10_000_000_000, from: 0) == .max)
        #expect(span.end(ofNanoseconds: 2_000_000_000, from: 0) == 2_000_000_000 * 1_000_000_000 - 999_999_999)
    }

    @Test("the same as stepping through the time, nanosecond by nanosecond", arguments: 1...6 as ClosedRange<Int64>)
    func bySteps(length: Int64) {
        let span = PeriodicSpan(length: .nanoseconds(length), period: .nanoseconds(7))
        for start in 0..<14 as Range<Int64> {
            for work in 1..<30 as Range<Int64> {
                var (now, left) = (start, work)
                while left > 0 {
                    if now % 7 < 7 - length { left -= 1 }
                    now += 1
                }
                #expect(span.end(ofNanoseconds: work, from: start) == now, "\(work) from \(start)")
            }
        }
    }
}
