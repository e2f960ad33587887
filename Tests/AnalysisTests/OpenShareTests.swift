import Experiments
import Pairing
import Statistics
import Testing
import TraceModel

@testable import Analysis

@Suite("How much the spans that nobody saw the end of leave unknown")
struct OpenShareTests {
    private func outcome(starts: Int, open: Int) -> StageOutcome {
        var counts = PairingCounts()
        (counts.starts, counts.open, counts.paired) = (starts, open, starts - open)
        return StageOutcome(
            counts: counts, openStarts: (0..<open).map(Int64.init),
            flight: FlightTime(
                countedNanoseconds: nil, spanNanoseconds: 0, carriedInNanoseconds: nil, openNanoseconds: 0))
    }

    @Test(
        "a percentile is unknown as soon as more than its tail is open",
        arguments: [
            (0, []), (10, []), (11, [Metric.Statistic.p99]), (100, [.p99]), (101, [.p90, .p99]), (500, [.p90, .p99]),
            (501, [.p50, .p90, .p99]), (1000, [.p50, .p90, .p99]),
        ])
    func hides(open: Int, hidden: [Metric.Statistic]) {
        let share = OpenShare(
            [outcome(starts: 600, open: open / 2), outcome(starts: 400, open: open - open / 2)], stage: .request,
            subset: .all, finished: 1000 - open)
        #expect(share.value == Double(open) / 1000)
        #expect(Metric.Statistic.allCases.filter(share.hides) == hidden)
        let summary = DurationSummary(durations: (0..<1000).map(Int64.init))!.without(share)
        #expect((summary.p50 == nil) == hidden.contains(.p50))
        #expect((summary.p90 == nil) == hidden.contains(.p90))
        #expect((summary.p99 == nil) == hidden.contains(.p99))
        #expect(summary.maximum == 999)
    }

    @Test("all open ones may have been blocked, and a wait that has no length is never open")
    func subsets() {
        let books = [outcome(starts: 1000, open: 50)]
        #expect(OpenShare(books, stage: .request, subset: .blocked, finished: 50).value == 0.5)
        #expect(OpenShare(books, stage: .request, subset: .nonblocked, finished: 900).value == 0.05)
        #expect(OpenShare(books, stage: .queueWait, subset: .nonblocked, finished: 900).value == 0)
    }

    @Test("where nothing started nothing is open")
    func empty() {
        #expect(OpenShare([], stage: .request, subset: .all, finished: 0).value == 0)
    }
}
