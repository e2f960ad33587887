import Analysis
import Experiments
import Testing
import TraceModel

@testable import Reporting

@Suite("the log's own summary")
struct LogSummaryTests {
    @Test("the figures are those of the log, in nanoseconds, by request and by thread side by side")
    func figures() {
        let lines = LogSummary([
            SummaryBuilder.stage(.request, .request, SummaryBuilder.fixedByRequest),
            SummaryBuilder.stage(.request, .thread, nil),
        ]).lines
        #expect(
            lines.prefix(6) == [
                "request, nanoseconds", "                   by request  by thread",
                "  total requests        11976          0",
                "  average request    50110000          —", "  max request        53006000          —",
                "  min request        50002000          —",
            ])
    }

    @Test("a reference with odd bounds falls into the right buckets, and none of its counts is lost")
    func oddReference() {
        let reference = [(-5, 2), (0, 3), (1, 5), (3, 7), (50_000_000, 11)].map {
            ReferenceBucket(lowerBoundNanoseconds: $0.0, count: $0.1)
        }
        let stage = SummaryBuilder.stage(.persist, .thread, SummaryBuilder.fixedByThread, reference: reference)
        let lines = LogSummary([stage]).lines
        let rows = lines.filter { $0.contains("|") }.prefix { !$0.isEmpty }
        #expect(rows[0].hasSuffix(" 5") && rows[1].hasSuffix(" 5") && rows[2].hasSuffix(" 7"))
        #expect(rows.contains { $0.contains(" 33554432 |") && $0.hasSuffix(" 11") })
    }

    @Test("nothing measured, nothing drawn")
    func empty() {
        #expect(LogSummary([]).lines.isEmpty)
        let lines = LogSummary([SummaryBuilder.stage(.persist, .request, nil)]).lines
        #expect(!lines.contains { $0.contains("|") })
    }
}
