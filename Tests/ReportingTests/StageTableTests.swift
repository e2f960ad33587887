import Analysis
import Experiments
import Statistics
import Testing
import TraceModel

@testable import Reporting

@Suite("a table of stages")
struct StageTableTests {
    private let byRequest = SummaryBuilder.stage(.persist, .request, SummaryBuilder.fixedByRequest)
    private let byThread = SummaryBuilder.stage(.persist, .thread, SummaryBuilder.fixedByThread)

    @Test("the unit is that of the readings by request, once in the header")
    func unit() {
        var odd = byThread
        odd.pooled?.mean = 5e12
        let table = StageTable([odd, odd, byRequest], basis: .processes)
        #expect(table.header[1] == "mean (ms)")
        #expect(table.header.dropFirst().allSatisfy { $0.hasSuffix("(ms)") })
    }

    @Test("one slow row moves the whole column to a larger unit, so that its figures can be read")
    func largeUnit() {
        func wait(_ nanoseconds: Double) -> StageSummary {
            var wait = byRequest
            wait.pooled?.mean = nanoseconds
            return wait
        }
        let waits = [1_100, 1_200, 1_300].map(wait)
        #expect(StageTable(waits, basis: .pooled).header[1] == "mean (µs)")
        let table = StageTable(waits + [wait(6_502_465_337)], basis: .pooled)
        #expect(table.header[1] == "mean (ms)")
        #expect(table.rows.map { $0[1] } == ["0.0011", "0.0012", "0.0013", "6502.4653"])
    }

    @Test("extremes are observed, the others are means over processes with intervals")
    func processes() {
        let row = StageTable([byRequest], basis: .processes).rows[0]
        #expect(row[0] == "11976")
        #expect(row[1] == "50.110 [50.090, 50.130]")
        #expect(row[3] == "50.002")
        #expect(row[7] == "53.006")
    }

    @Test("pooled figures have no intervals")
    func pooled() {
        let row = StageTable([byThread], basis: .pooled).rows[0]
        #expect(row == ["6853", "198.400", "221.700", "0.001", "121.300", "502.600", "901.200", "1103.200"])
    }

    @Test("one pairing's precision does not depend on the other's")
    func independentDecimals() {
        let together = StageTable([byRequest, byThread], basis: .processes).rows
        #expect(together[0] == StageTable([byRequest], basis: .processes).rows[0])
        #expect(together[1][1] == "198.400 [186.496, 210.304]")
    }

    @Test("a minimum and a maximum that are one value are printed alike")
    func extremesAlike() {
        var one = byThread
        one.pooled?.minimum = 50_084_900
        one.pooled?.maximum = 50_084_900
        let row = StageTable([one, byThread], basis: .processes).rows[0]
        #expect(row[3] == row[7])
    }

    @Test("what was not measured is a dash, and a missing percentile is not made up")
    func absent() {
        let none = SummaryBuilder.stage(.persist, .request, nil)
        #expect(StageTable([none], basis: .processes).rows[0] == ["0"] + Array(repeating: "—", count: 7))
        #expect(StageTable([nil], basis: .pooled).rows[0] == Array(repeating: "—", count: 8))
        var few = byRequest
        few.pooled?.p99 = nil
        few.estimates.removeAll { $0.metric == .stage(.persist, .all, .p99) }
        #expect(StageTable([few], basis: .pooled).rows[0][6] == "—")
        #expect(StageTable([few], basis: .processes).rows[0][6] == "—")
    }
}
