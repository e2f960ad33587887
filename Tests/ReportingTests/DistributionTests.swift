import Statistics
import Testing

@testable import Reporting

@Suite("histograms as text")
struct DistributionTests {
    @Test("powers of two have an empty bucket before and after, as in DTrace")
    func powersOfTwo() {
        let lines = Distribution(powersOfTwo: [4: 1, 8: 3], over: 4...8).lines
        #expect(
            lines == [
                "        value  ----- Distribution -----    count", "            2 |                                0",
                "            4 |@@@@@@                          1", "            8 |@@@@@@@@@@@@@@@@@@              3",
                "           16 |                                0",
            ])
    }

    @Test("the range holds its own ends", arguments: [0...0, 1...1, Int64(1 << 62)...Int64(1 << 62)])
    func ends(range: ClosedRange<Int64>) {
        let lines = Distribution(powersOfTwo: [range.lowerBound: 7], over: range).lines
        #expect(lines.count { $0.hasSuffix(" 7") } == 1)
    }

    @Test("three empty steps become one line, two stay")
    func linear() {
        let counts = [1, 0, 0, 1, 0, 0, 0, 2]
        let buckets = counts.enumerated().map {
            HistogramBucket(
                lowerBoundNanoseconds: Int64($0) * 10, upperBoundNanoseconds: Int64($0 + 1) * 10, count: $1)
        }
        let lines = Distribution(linear: buckets).lines
        #expect(lines.count == 1 + 5 + 1)
        #expect(lines[5].contains("|3 empty buckets"))
        #expect(lines[6] == "           70 |@@@@@@@@@@@@                    2")
    }

    @Test("no bucket, no bars")
    func none() {
        #expect(Distribution(linear: []).lines.map { $0.filter { $0 != " " } } == ["none"])
    }

    @Test("blocks stand beside each other whatever their heights")
    func sideBySide() {
        let one = Distribution(powersOfTwo: [1: 1], over: 1...1).lines
        let lines = Distribution.sideBySide([("left", one), ("right", Array(one.prefix(2)))])
        #expect(lines.count == one.count + 1)
        #expect(lines[0] == "               left" + String(repeating: " ", count: 46) + "right")
        #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
    }
}
