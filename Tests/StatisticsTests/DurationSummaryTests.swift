import Statistics
import Testing

@Suite("Summaries of durations")
struct DurationSummaryTests {
    @Test("mean, deviation and ends are NumPy's, in whatever order the durations come")
    func numpy() throws {
        let summary = try #require(DurationSummary(durations: ScipyValues.durations))
        #expect(summary.count == 15)
        #expect(agree(summary.mean, ScipyValues.durationsMean, within: 1e-15))
        #expect(
            agree(try #require(summary.standardDeviation), ScipyValues.durationsStandardDeviation, within: 1e-13))
        #expect(summary.minimum == 0)
        #expect(summary.maximum == 1_103_000_000)
        #expect(summary == DurationSummary(durations: ScipyValues.durations.sorted()))
    }

    @Test(
        "a percentile stands only where the sample carries it",
        arguments: [(10, 0), (11, 1), (63, 1), (64, 2), (661, 2), (662, 3)])
    func percentiles(count: Int, expected: Int) throws {
        let summary = try #require(DurationSummary(durations: (0..<Int64(count))))
        #expect([summary.p50, summary.p90, summary.p99].compactMap { $0 }.count == expected)
        #expect((summary.p50 == nil) == (expected < 1))
        #expect((summary.p99 == nil) == (expected < 3))
    }

    @Test("no durations have no summary, one has no deviation, and totals beyond 63 bits do not trap")
    func edges() throws {
        #expect(DurationSummary(durations: []) == nil)
        #expect(try #require(DurationSummary(durations: [5])).standardDeviation == nil)
        let large = try #require(DurationSummary(durations: [.max, .max, .min]))
        #expect(large.total == 9.223372036854775806e18)
    }
}
