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

    @Test("extremes are observed, the others are means over processes with intervals")
    func processes() {
        let row = StageTable([byRequest], basis: .processes).rows[0]
        #expect(row[0] == "11976")
        #expect(row[1] == "50.11 [50.09, 50.13]")
        #expect(row[3] == "50.00")
        #expect(row[7] == "53.01")
    }

    @Test("pooled figures have no intervals")
    func pooled() {
        let row = StageTable([byThread], basis: .pooled).rows[0]
        #expect(row == ["6853", "198.4", "221.7", "0.0010", "121.3", "502.6", "901.2", "1103"])
    }

    @Test("one pairing's precision does not depend on the other's")
    func independentDecimals() {
        let together = StageTable([byRequest, byThread], basis: .processes).rows
        #expect(together[0] == StageTable([byRequest], basis: .processes).rows[0])
        #expect(together[1][1] == "198.4 [186.5, 210.3]")
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
