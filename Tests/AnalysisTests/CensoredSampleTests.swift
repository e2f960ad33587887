import Experiments
import Statistics
import TestSupport
import Testing
import TraceModel

@testable import Analysis

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Percentiles that count in what was still open")
struct CensoredSampleTests {
    /// Requests that start evenly over a window of 10 s and take exponential times of mean 2 s: a fifth is open at its end.
    private func trace(seed: UInt64) throws -> TraceMeasurement {
        var generator = SeededGenerator(state: seed)
        let second: Int64 = 1_000_000_000
        var events = [
            Event(nanoseconds: second, kind: .measurementStart), Event(nanoseconds: 11 * second, kind: .measurementEnd),
        ]
        for index in 0..<5000 {
            let start = second + Int64(index) * 2_000_000
            let unit = Double.random(in: .leastNonzeroMagnitude..<1, using: &generator)
            let end = start + Int64(-2e9 * log(unit))
            events.append(Event(nanoseconds: start, kind: .requestStart, request: UInt64(index), client: UInt32(index)))
            events.append(Event(nanoseconds: end, kind: .requestDone, request: UInt64(index), client: UInt32(index)))
        }
        return try #require(TraceMeasurement(events: events.sorted { $0.nanoseconds < $1.nanoseconds }, writes: nil))
    }

    private func sample(isSteady: Bool, seed: UInt64 = 3) throws -> CensoredSample {
        var sample = CensoredSample(isSteady: isSteady)
        sample.add(try trace(seed: seed), .init(.request, .all, .request))
        return sample
    }

    @Test("p50 and p90 are those of all requests, where the finished ones alone are too fast")
    func steady() throws {
        let sample = try sample(isSteady: true)
        #expect((0.15...0.25).contains(sample.openShare), "\(sample.openShare)")
        let summary = try #require(sample.summary())
        // ln 2 · 2 s and ln 10 · 2 s.
        #expect(abs((summary.p50 ?? 0) / 1.3863e9 - 1) < 0.05, "\(String(describing: summary.p50))")
        #expect(abs((summary.p90 ?? 0) / 4.6052e9 - 1) < 0.05, "\(String(describing: summary.p90))")
        let finished = try #require(DurationSummary(sample.finished))
        #expect((finished.p90 ?? 0) < 0.85 * (summary.p90 ?? 0))
        #expect(summary.mean == finished.mean, "a mean cannot count in what is not known")
        #expect(sample.openShare > CensoredSample.noticeableShare)
    }

    @Test("in an overloaded loop the percentile is unknown as soon as more than its tail is open")
    func overloaded() throws {
        let sample = try sample(isSteady: false)
        let summary = try #require(sample.summary())
        #expect(summary.p50 != nil)
        #expect(summary.p90 == nil)
        #expect(summary.p99 == nil)
        #expect(sample.unknownPercentiles() == [.p90, .p99])
    }

    @Test("open ones are then taken to be the longest, and the oldest of them bounds the maximum from below")
    func longest() throws {
        let sample = try sample(isSteady: false)
        let summary = try #require(sample.summary())
        // p50 of all is a higher quantile of those that ended.
        let share = 0.5 / (1 - sample.openShare)
        let expected = sample.finished.quantile(share)
        #expect(abs((summary.p50 ?? 0) - expected) <= 1e-9 * expected)
        let oldest = try #require(sample.openAges.last)
        #expect(summary.maximum == max(oldest, sample.finished.maximum ?? 0))
        var slow = Story.events(requests: 20).filter { !($0.request == 5 && $0.kind == .persistDone) }
        slow.sort { $0.nanoseconds < $1.nanoseconds }
        var open = CensoredSample(isSteady: true)
        open.add(try #require(TraceMeasurement(events: slow, writes: nil)), .init(.persist, .all, .request))
        #expect(open.isMaximumOpen)
        // Started at 402 ms, and open when the window closed at 2099 ms.
        #expect(open.summary()?.maximum == 1_697_000_000)
        var byThread = CensoredSample(isSteady: true)
        byThread.add(try #require(TraceMeasurement(events: slow, writes: nil)), .init(.persist, .all, .thread))
        #expect(!byThread.isMaximumOpen, "a mark that a thread has left says nothing")
    }

    @Test("several processes are one sample, and its parts may come in any order")
    func merging() throws {
        let traces = [try trace(seed: 1), try trace(seed: 2)]
        var (forwards, backwards) = (CensoredSample(isSteady: true), CensoredSample(isSteady: true))
        for trace in traces { forwards.add(trace, .init(.request, .all, .request)) }
        for trace in traces.reversed() { backwards.add(trace, .init(.request, .all, .request)) }
        #expect(forwards.openAges == backwards.openAges)
        #expect(forwards.summary() == backwards.summary())
        #expect(forwards.finished.count + forwards.openAges.count == 10_000)
    }

    @Test("the intervals of one process bracket its percentiles, and nothing open leaves order statistics")
    func intervals() throws {
        let summary = try #require(try sample(isSteady: true).summary())
        let intervals = try sample(isSteady: true).summaryWithIntervals().independent
        let p50 = try #require(intervals[.p50])
        #expect(p50.lowerBound < (summary.p50 ?? 0) && (summary.p50 ?? 0) < p50.upperBound)
        #expect(try sample(isSteady: false).summaryWithIntervals().independent[.p90] == nil)
        let whole = try #require(TraceMeasurement(events: Story.events(requests: 100), writes: nil))
        var closed = CensoredSample(isSteady: true)
        closed.add(whole, .init(.persist, .all, .request))
        #expect(closed.summaryWithIntervals().independent[.p50] == Interval(lowerBound: 50e6, upperBound: 50e6))
    }
}
